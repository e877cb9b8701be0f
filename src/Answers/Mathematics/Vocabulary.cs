using System.Collections.Frozen;

namespace NaturalThoughts.Answers.Mathematics;

/// <summary>The words and commands that formulas are written with.</summary>
internal static class Vocabulary
{
    /// <summary>Functions by the names they are written with.</summary>
    public static readonly FrozenDictionary<string, string> Functions = Pairs(
        "sin cos tan cot sec csc sinh cosh tanh coth sech csch ln log exp gcd lcm max min det cis zeta sgn abs floor ceil round sqrt cbrt binom factorial",
        "arcsin=arcsin arccos=arccos arctan=arctan asin=arcsin acos=arccos atan=arctan arccot=arccot arcsec=arcsec arccsc=arccsc arcsinh=arsinh arsinh=arsinh "
        + "asinh=arsinh "
        + "arccosh=arcosh arcosh=arcosh acosh=arcosh arctanh=artanh artanh=artanh atanh=artanh lg=log log10=log log2=log2 ceiling=ceil tg=tan ctg=cot "
        + "cosec=csc "
        + "arctg=arctan sign=sgn hcf=gcd Re=re Im=im nCr=binom ncr=binom choose=binom Arg=arg arg=arg trunc=trunc");

    /// <summary>Commands of TeX that stand for a sign.</summary>
    public static readonly FrozenDictionary<string, string> Marks = Pairs(
        "pm mp circ",
        "cdot=* times=* ast=* div=/ le=≤ leq=≤ leqslant=≤ leqq=≤ ge=≥ geq=≥ geqslant=≥ geqq=≥ lt=< gt=> ne=≠ neq=≠ approx=≈ simeq=≈ doteq=≈ thickapprox=≈ "
        + "equiv=≡ cup=∪ bigcup=∪ cap=∩ bigcap=∩ setminus=∖ smallsetminus=∖ backslash=∖ in=∈ notin=∉ mid=| vert=| lvert=| rvert=| Vert=‖ lVert=‖ rVert=‖ "
        + "to=→ rightarrow=→ longrightarrow=→ mapsto=↦ Rightarrow=⇒ implies=⇒ colon=: degree=° prime=' land=∧ lor=∨ wedge=∧ vee=∨ dots=… ldots=… cdots=… "
        + "dotsc=… dotsb=… vdots=… mod=mod "
        + "bmod=mod over=over choose=choose overbar=overbar of=of sim=~ cong=≅ perp=⊥ parallel=∥ iff=⇔ Leftrightarrow=⇔ propto=∝ subset=⊂ subseteq=⊆ not=not");

    /// <summary>Letters and constants by the names they are written with.</summary>
    public static readonly FrozenDictionary<string, string> Letters = Pairs(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega "
        + "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega Upsilon varrho varsigma varpi hbar ell aleph",
        "infty=infinity infinity=infinity inf=infinity emptyset=∅ varnothing=∅ R=R imath=i jmath=j imaginaryI=i Re=Re");

    /// <summary>Plain words that are a letter or a constant: outside of TeX only what cannot be taken for a word.</summary>
    public static readonly FrozenSet<string> PlainLetters = Words(
        "alpha beta gamma delta epsilon theta lambda mu pi rho sigma tau phi psi omega infinity inf Gamma Delta Theta Lambda Sigma Phi Psi Omega");

    /// <summary>Commands with arguments, which the parser reads.</summary>
    public static readonly FrozenSet<string> Commands = Words(
        "frac dfrac tfrac cfrac binom dbinom tbinom sqrt root radical overline bar vec hat widehat tilde overrightarrow underline begin end sum prod int lim "
        + "pmod pod angle triangle measuredangle "
        + "overset underset stackrel substack dot mathring");

    /// <summary>Commands that change nothing that counts.</summary>
    public static readonly FrozenSet<string> Ignored = Words(
        "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm middle displaystyle textstyle scriptstyle scriptscriptstyle limits "
        + "nolimits quad qquad enspace "
        + "thinspace medspace thickspace negthinspace space boxed fbox mathstrut strut rm bf it sf tt em normalsize large Large small centering nonumber "
        + "noindent hfill hspace vspace relax phantom hphantom vphantom tag label color textcolor "
        + "mathopen mathclose mathord mathrel mathbin cr newline protect ensuremath hline hdashline");

    /// <summary>Commands whose argument is text.</summary>
    public static readonly FrozenSet<string> Texts = Words("text textbf textit textrm textsf texttt textsc textnormal textup textmd mbox hbox emph textsl");

    /// <summary>Commands that set letters upright.</summary>
    public static readonly FrozenSet<string> Uprights = Words("mathrm operatorname mathsf mathop mathtt operatornamewithlimits");

    /// <summary>Commands that set letters in another face of the same letter.</summary>
    public static readonly FrozenSet<string> Faces = Words("mathbf mathit boldsymbol bm mathnormal pmb bold");

    /// <summary>Words of two letters; other pairs of letters are products.</summary>
    public static readonly FrozenSet<string> ShortWords = Words("no or of to is if in");

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Pairs(string same, string pairs) => same.Split(' ').Select(word => (Key: word, Value: word))
        .Concat(
            pairs.Split(' ').Select(pair =>
                (Key: pair[..pair.IndexOf('=', StringComparison.Ordinal)], Value: pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
