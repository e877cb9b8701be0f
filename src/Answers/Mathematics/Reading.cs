namespace NaturalThoughts.Answers.Mathematics;

/// <summary>An answer as it was read: as a formula, as an option's letter, as words.</summary>
internal sealed class Reading
{
    private readonly string _text;

    private readonly string _flat;

    private readonly Node? _tree;

    private readonly string _doubt;

    private Reading(string text, string flat, Node? tree, string doubt) => (_text, _flat, _tree, _doubt) = (text, flat, tree, doubt);

    /// <summary>Reads an answer without delimiters.</summary>
    public static Reading Of(string text)
    {
        string spelled = Delimiters.Dollars(Typography.Spell(text));
        string flat = Delimiters.Strip(Delimiters.Flat(spelled));
        try
        {
            return new(spelled, flat, Shape.Of(Parser.Read(Delimiters.Strip(spelled))), "");
        }
        catch (UnreadableException)
        {
            return new(spelled, flat, null, "");
        }
        catch (UndecidedException exception)
        {
            return new(spelled, flat, null, exception.Message);
        }
    }

    /// <summary>Whether both say the same.</summary>
    public static EqualityVerdict Compare(Reading reference, Reading answer, Work work)
    {
        (ChoiceLetter? letter, ChoiceLetter? other) = (ChoiceLetter.Of(reference._flat), ChoiceLetter.Of(answer._flat));
        if (letter is { } first && other is { } second && (first.Marked || second.Marked)
            && !(first.HasWords && second.HasWords && char.IsAsciiLetterLower(first.Letter)))
        {
            return first.Same(second) ? EqualityVerdict.Equal("the same option") : EqualityVerdict.Different("different options");
        }

        if (SameDigits(reference._tree, answer) || SameDigits(answer._tree, reference))
        {
            return EqualityVerdict.Equal("the same digits");
        }

        if (IsRun(reference._flat) && IsRun(answer._flat) && reference._tree is { Kind: NodeKind.Product } && answer._tree is { Kind: NodeKind.Product })
        {
            return reference._flat == answer._flat ? EqualityVerdict.Equal("the same letters") : EqualityVerdict.Undecided("a word or a product");
        }

        if (reference._tree is { } left && answer._tree is { } right)
        {
            EqualityVerdict verdict = Formulas(left, right, work);
            return verdict.Equality != Equality.Equal && verdict.Reason != "an undefined value" && IsPlain(reference._flat)
                && Blanks(reference._flat) == Blanks(answer._flat)
                ? EqualityVerdict.Equal("the same spelling")
                : verdict;
        }

        bool formula = !IsPlain(reference._flat) || !IsPlain(answer._flat);
        if (!IsBalanced(reference._text) || !IsBalanced(answer._text))
        {
            return EqualityVerdict.Different("a formula that is cut off");
        }

        if (formula ? Blanks(reference._text) == Blanks(answer._text) : NormalForm.Of(reference._flat) == NormalForm.Of(answer._flat))
        {
            return EqualityVerdict.Equal("the same words");
        }

        string doubt = reference._doubt.Length > 0 ? reference._doubt : answer._doubt;
        return doubt.Length > 0 ? EqualityVerdict.Undecided(doubt) : EqualityVerdict.Different("different words");
    }

    private static EqualityVerdict Formulas(Node left, Node right, Work work)
    {
        try
        {
            return new Comparer(work).Compare(left, right);
        }
        catch (UndecidedException exception)
        {
            return EqualityVerdict.Undecided(exception.Message);
        }
        catch (UndefinedException)
        {
            return EqualityVerdict.Different("an undefined value");
        }
    }

    /// <summary>Whether leaving braces out changed nothing: no exponents, subscripts or commands.</summary>
    private static bool IsPlain(string flat) => flat.AsSpan().IndexOfAny('\\', '^', '_') < 0;

    /// <summary>Whether the braces of TeX are closed.</summary>
    private static bool IsBalanced(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length && depth >= 0; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            i += text[i] == '\\' ? 1 : 0;
        }

        return depth == 0;
    }

    private static string Blanks(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Letters run together may be a word as well as a product: what does not commute in a word is not credited.</summary>
    private static bool IsRun(string flat) => flat.Length > 1 && flat.All(flat.Length == 2 ? char.IsAsciiLetterUpper : char.IsAsciiLetter);

    /// <summary>Digits with letters, such as 2B7, without the base that the other side gives.</summary>
    private static bool SameDigits(Node? numeral, Reading bare) => numeral is { Kind: NodeKind.Numeral } && bare._tree?.Kind != NodeKind.Numeral
        && string.Equals(numeral.Name, bare._flat, StringComparison.OrdinalIgnoreCase);
}
