namespace NaturalThoughts.Answers.Mathematics;

/// <summary>Compares two formulas with a single value each: by exact value, by normal form, in finite fields, or at points.</summary>
internal static class Scalars
{
    private const int Enough = 10;

    private const int EnoughEstimated = 5;

    private const int Fewest = 4;

    /// <summary>Bits to which constants must agree.</summary>
    private const int Agreement = 200;

    private const int EstimatedAgreement = 70;

    /// <summary>Values at a point are compared up to this power of two.</summary>
    private const int LargestValue = 64;

    private const int MostUndecided = 10;

    private static readonly int[] Precisions = [96, 288, 1_400, 6_000];

    /// <summary>Estimates have a precision of their own.</summary>
    private static readonly int[] OnePrecision = [288];

    public static EqualityVerdict Compare(Node a, Node b, Work work)
    {
        if (a.Kind == NodeKind.Number && b.Kind == NodeKind.Number)
        {
            return a.Value == b.Value ? EqualityVerdict.Equal("the same number") : EqualityVerdict.Different("different numbers");
        }

        try
        {
            (a, b) = (Analysis.Closed(a, work), Analysis.Closed(b, work));
            return ByValue(a, b, work) ?? ByNormalForm(a, b, work) ?? InFields(a, b, work) ?? AtPoints(a, b, work);
        }
        catch (UndefinedException)
        {
            return EqualityVerdict.Different("an undefined value");
        }
    }

    /// <summary>Whether two formulas with a single value each are the same for certain or by agreement.</summary>
    public static bool Same(Node a, Node b, Work work) => Compare(a, b, work).Equality == Equality.Equal;

    private static EqualityVerdict? ByValue(Node a, Node b, Work work)
    {
        if (Exact.Value(a, work) is not { } left || Exact.Value(b, work) is not { } right)
        {
            return null;
        }

        return left == right ? EqualityVerdict.Equal("the same rational value") : EqualityVerdict.Different("different rational values");
    }

    private static EqualityVerdict? ByNormalForm(Node a, Node b, Work work)
    {
        List<string> letters = [];
        if (RationalFunction.Of(a, letters, work) is not { } left || RationalFunction.Of(b, letters, work) is not { } right)
        {
            return null;
        }

        if (left.Under.IsZero || right.Under.IsZero)
        {
            throw new UndefinedException();
        }

        try
        {
            return left.Same(right, letters, work) ? EqualityVerdict.Equal("the same normal form") : EqualityVerdict.Different("different normal forms");
        }
        catch (UndecidedException)
        {
            return null;
        }
    }

    private static EqualityVerdict? InFields(Node a, Node b, Work work)
    {
        int agreed = 0;
        for (int point = 0; point < 4; point++)
        {
            FieldPoint field = new(point, work);
            try
            {
                if (field.Value(a) is not { } left || field.Value(b) is not { } right)
                {
                    return null;
                }

                if (left != right)
                {
                    return EqualityVerdict.Different("different values in a finite field");
                }

                agreed++;
            }
            catch (UndefinedException)
            {
                // Zero in this field by chance, or always: another point tells.
            }
        }

        return agreed > 0 ? EqualityVerdict.Equal("the same values in finite fields") : throw new UndefinedException();
    }

    private static EqualityVerdict AtPoints(Node a, Node b, Work work)
    {
        SortedSet<string> letters = new(StringComparer.Ordinal);
        Letters(a, letters);
        Letters(b, letters);
        bool complex = letters.Count == 0 || a.Any(IsUnit) || b.Any(IsUnit);
        bool estimated = a.Any(IsEstimated) || b.Any(IsEstimated);
        if (letters.Count == 0)
        {
            return At(a, b, [], complex, estimated ? OnePrecision : Precisions, work);
        }

        HashSet<string> whole = new(StringComparer.Ordinal);
        Whole(a, whole);
        Whole(b, whole);
        EqualityVerdict verdict = Sampled(a, b, letters, whole, complex, work);
        return verdict.Equality == Equality.Undecided && whole.Count == 0 ? Sampled(a, b, letters, [.. letters], complex, work) : verdict;
    }

    private static EqualityVerdict Sampled(Node a, Node b, SortedSet<string> letters, HashSet<string> whole, bool complex, Work work)
    {
        bool estimated = a.Any(IsEstimated) || b.Any(IsEstimated);
        (int agreed, int undecided) = (0, 0);
        (int enough, int most) = estimated ? (EnoughEstimated, 2) : (Enough, MostUndecided);
        for (int point = 0; point < Points.Most && agreed < enough && undecided < most + agreed; point++)
        {
            Dictionary<string, ComplexBall> values = new(StringComparer.Ordinal);
            foreach (string letter in letters)
            {
                values[letter] = Points.Value(letter, point, whole.Contains(letter));
            }

            try
            {
                EqualityVerdict verdict = At(a, b, values, complex, agreed > 0 || estimated ? OnePrecision : Precisions, work);
                if (verdict.Equality == Equality.Undecided && agreed > 0 && !estimated)
                {
                    verdict = At(a, b, values, complex, Precisions, work);
                }

                if (verdict.Equality == Equality.Different)
                {
                    return EqualityVerdict.Different("different values at a point");
                }

                agreed += verdict.Equality == Equality.Equal ? 1 : 0;
                undecided += verdict.Equality == Equality.Undecided ? 1 : 0;
            }
            catch (UndefinedException)
            {
                // Not defined here: they are compared where both are.
            }
        }

        return agreed >= Fewest
            ? EqualityVerdict.Equal($"the same values at {agreed} points")
            : EqualityVerdict.Undecided(undecided > 0 ? "values that cannot be told apart" : "defined at too few points");
    }

    /// <summary>The verdict at one point, with as many digits as it takes.</summary>
    /// <exception cref="UndefinedException">A value is undefined there.</exception>
    private static EqualityVerdict At(Node a, Node b, Dictionary<string, ComplexBall> point, bool complex, int[] precisions, Work work)
    {
        string reason = "values that cannot be told apart";
        foreach (int precision in precisions)
        {
            BallMath math = new(precision, work);
            Evaluator evaluator = new(math, point, realOnly: !complex);
            try
            {
                ComplexBall left = evaluator.Value(a);
                ComplexBall right = evaluator.Value(b);
                int agreement = evaluator.Estimated ? EstimatedAgreement : Agreement;
                bool? re = math.Apart(left.Re, right.Re, agreement);
                bool? im = math.Apart(left.Im, right.Im, agreement);
                if (re == true || im == true)
                {
                    return EqualityVerdict.Different("values that are apart");
                }

                if (re == false && im == false)
                {
                    return EqualityVerdict.Equal(evaluator.Estimated ? "estimates that agree" : "values that agree to sixty digits");
                }

                if (Math.Max(left.Re.Magnitude, right.Re.Magnitude) > LargestValue && point.Count > 0)
                {
                    // Alike in their leading digits, but too large for sixty decimals: another point tells.
                    break;
                }
            }
            catch (UndecidedException exception)
            {
                reason = exception.Message;
                if (!exception.IsImprecise)
                {
                    break;
                }
            }
        }

        return EqualityVerdict.Undecided(reason);
    }

    private static bool IsEstimated(Node node) =>
        node.Kind == NodeKind.Call && node.Name is "sum" or "prod" or "integral" or "lim" or "lim+" or "lim-" or "derivative";

    private static bool IsUnit(Node node) => node.IsSymbol("i");

    private static void Letters(Node node, SortedSet<string> letters)
    {
        if (node.Kind == NodeKind.Symbol && node.Name is not ("pi" or "e" or "i" or "infinity"))
        {
            letters.Add(node.Name);
        }

        if (node.Kind == NodeKind.Unit)
        {
            Letters(Units.Worth(node.Name), letters);
        }

        bool binds = node.Args.Length > 2 && IsEstimated(node);
        SortedSet<string> inside = binds ? new(StringComparer.Ordinal) : letters;
        foreach (Node arg in node.Args)
        {
            Letters(arg, inside);
        }

        if (binds)
        {
            inside.Remove(node.Args[0].Name);
            letters.UnionWith(inside);
        }
    }

    /// <summary>Letters that stand where whole numbers are expected: in factorials, binomials, remainders and bounds of sums.</summary>
    private static void Whole(Node node, HashSet<string> whole)
    {
        if (node.Kind == NodeKind.Call && node.Name is "factorial" or "factorial2" or "binom" or "permutations" or "mod" or "gcd" or "lcm" or "sum" or "prod")
        {
            SortedSet<string> letters = new(StringComparer.Ordinal);
            foreach (Node arg in node.Args.Take(node.Args.Length == 4 ? 3 : node.Args.Length))
            {
                Letters(arg, letters);
            }

            whole.UnionWith(letters);
        }

        foreach (Node arg in node.Args)
        {
            Whole(arg, whole);
        }
    }
}
