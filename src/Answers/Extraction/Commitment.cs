using System.Text.RegularExpressions;

namespace NaturalThoughts.Answers.Extraction;

/// <summary>A place where an output says what its answer is.</summary>
/// <param name="Text">What it says, without markup around it, on one line unless it is a box.</param>
/// <param name="Kind">How it says it.</param>
internal readonly partial record struct Commitment(string Text, CommitmentKind Kind)
{
    /// <summary>What the same line says after "wait, no": it counts where it is an answer and nothing else; null where the line goes on without.</summary>
    public string? Instead { get; init; }

    /// <summary>Characters of a line that are looked at: more is no answer.</summary>
    public const int LongestText = 500;

    /// <summary>Places that are looked at, from the end: an output with more repeats itself.</summary>
    private const int MostPlaces = 100;

    /// <summary>The commitments of the places, the last one first; what says nothing is left out.</summary>
    /// <param name="places">Places of <paramref name="text"/>.</param>
    /// <param name="text">The visible text.</param>
    /// <param name="letters">True when the answer is an option's letter: LaTeX is taken off.</param>
    public static IEnumerable<Commitment> LastFirst(IEnumerable<Place> places, string text, bool letters) =>
        places.OrderByDescending(place => place.Index).Take(MostPlaces)
            .Select(place => place switch
            {
                { Label: { } label } => Labelled(text, label, letters),
                { Boxed: { } boxed } => new Commitment(Clean(Cut(boxed), letters), CommitmentKind.Box),
                _ => new Commitment(place.Letter!, CommitmentKind.Choice),
            })
            .Where(commitment => commitment.Kind == CommitmentKind.Box || commitment.Text.AsSpan().ContainsAnyExcept(". \"'}|"));

    /// <summary>The places where the text commits to something, in no order; phrases that choose a letter only where letters count.</summary>
    public static List<Place> Find(string text, bool letters) =>
    [
        .. Label().Matches(text).Select(label => new Place(label.Index, label, null, null)),
        .. Box.FindJoined(text).Select(box => new Place(box.Index, null, box.Text, null)),
        .. letters ? ChoicePhrases.Find(text).Select(phrase => new Place(phrase.Index, null, null, phrase.Letter)) : [],
    ];

    /// <summary>True when the commitment is a statement that begins so.</summary>
    public bool Says(Regex beginning) => Kind == CommitmentKind.Statement && beginning.IsMatch(Text);

    private static Commitment Labelled(string text, Match label, bool letters)
    {
        string line = FirstLine(text, label.Index + label.Length);
        string value = letters ? Markup.Strip(line) : Markup.Outer(line);
        bool firm = !label.Groups["is"].Success;
        if (Retracted().Match(value) is { Success: true } retracted)
        {
            return new Commitment(Trim(retracted.Groups["now"].Value, letters), CommitmentKind.Retracted);
        }

        string? instead = Corrected().Match(value) is { Success: true } corrected ? Trim(corrected.Groups["now"].Value, letters) : null;
        value = Affirmed().Replace(value, "");
        value = firm || value.StartsWith("not ", StringComparison.OrdinalIgnoreCase) ? value : Sentence().Match(value).Value;
        if (label.Groups["supposed"].Success && ChoicePhrases.IsSupposed(text, label.Index))
        {
            return new Commitment("", CommitmentKind.Supposed);
        }

        CommitmentKind kind = firm ? CommitmentKind.Label : label.Groups["supposed"].Success ? CommitmentKind.Supposed : CommitmentKind.Statement;
        return new Commitment(Trim(Hope().Replace(value, ""), letters), kind) { Instead = instead };
    }

    /// <summary>The rest of the line; where that is empty, the first line with something on it but a rule.</summary>
    private static string FirstLine(string text, int start)
    {
        int offset = text.AsSpan(start).IndexOfAnyExcept("-=*_#|>\"'`$ \t\r\n");
        if (offset < 0)
        {
            return "";
        }

        int begin = Math.Max(start, text.LastIndexOf('\n', start + offset) + 1);
        int end = text.IndexOf('\n', start + offset);
        return Cut(text[begin..(end < 0 ? text.Length : end)]);
    }

    private static string Clean(string text, bool letters) => Trim(letters ? Markup.Strip(text) : Markup.Outer(text), letters);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static string Trim(string value, bool letters)
    {
        string trimmed = Bullet().Replace(value.Trim(), "").TrimStart('"', '\'', ',', ':').TrimEnd('"', '\'', ',', ' ');
        trimmed = trimmed.EndsWith("\"}", StringComparison.Ordinal) ? trimmed[..^2] : trimmed;
        trimmed = trimmed.EndsWith('.') && !trimmed.EndsWith("..", StringComparison.Ordinal) ? trimmed[..^1] : trimmed;
        return letters ? trimmed : Markup.Outer(trimmed);
    }

    // "Answer:", "**Final answer**", "### Answer" on a line of its own, "the correct option is", {"answer": ...; the same word in the
    // languages that models answer in most.
    [GeneratedRegex(
        @"(?:(?<![^\W_])(?:answer|ans|antwort|antwoord|respuesta|réponse|risposta|resposta|răspuns|jawaban|jawapan|svar|vastaus|odpowiedź|odpověď|válasz|cevap"
        + @"|đáp án|ответ|відповідь|απάντηση|תשובה|उत्तर|الإجابة|답|(?:correct|best|right|final) (?:option|choice))|答案|答え|回答|解答|正解|정답)"
        + @"(?: correcta| correcte| corretta| correta| correct)?"
        + @"(?:(?:[*_`""'> ]{0,6}(?:[:：>=]|(?<= )[-–—](?= ))[*_` ]{0,6})"
        + @"|(?<is>(?: to (?:this|the) (?:question|problem))?,?(?: then| therefore| thus| hence)?,?"
        + @" (?:is|must be|has to be|should be|seems to be|appears to be|turns out to be|ist|est|es|è|é|here would be|(?<supposed>would be))\b(?: la| die| der"
        + @"| el)?[: ]*)|(?<is>应该是|应为|是|为|は|은|는)"
        + @"|[*_`]{0,4}[ \t]*(?=\r?\n))"
        + @"(?:(?:therefore|thus|hence|option|clearly)(?: option)?[: ]+)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[-•]\s+(?=[A-Za-z(])", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    // Up to a full stop that ends a sentence: not the one of "(C). It", not that of a decimal.
    [GeneratedRegex(@"\A(?:[^.]|\.(?! |\z))*", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\A[^?]{1,200}\?[\s*""'()]*(?:no|nope|wait|hmm|not quite|wrong)\b[\s,:;.!*—–-]*(?:(?:it is|it's|that is|rather|instead|actually|it must be)[\s,:]+)*"
        + @"(?<now>.*)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Retracted();

    // "A. Wait, no, B", "A ... no, it is B".
    [GeneratedRegex(
        @"[.,;…—–-]+\s*(?:wait|no|actually|hmm|sorry|oops|correction)\b[\s,;:.!…—–-]+(?:(?:no|wait|actually|sorry|it is|it's|that is|i mean|rather|make that"
        + @"|it should be)[\s,:;.]+)*(?<now>.{1,100})\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Corrected();

    [GeneratedRegex(@"\?[\s*]*(?:yes|indeed|right|correct)\b.*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Affirmed();

    // The end of the sentence that Minerva's prompt (Lewkowycz et al. 2022) asks for.
    [GeneratedRegex(@"\.? I hope (?:it|this|that) (?:is|helps)\b.*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Hope();
}
