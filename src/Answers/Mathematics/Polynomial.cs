namespace NaturalThoughts.Answers.Mathematics;

/// <summary>
/// A polynomial with rational coefficients in at most eight letters. A power of letters is packed into one number, eight bits for each letter's
/// exponent.
/// </summary>
internal sealed class Polynomial
{
    private const int MostTerms = 600;

    private const int LargestDegree = 120;

    private Polynomial(Dictionary<ulong, Rational> terms) => Terms = terms;

    public Dictionary<ulong, Rational> Terms { get; }

    public static Polynomial Zero { get; } = new([]);

    public static Polynomial One { get; } = Constant(Rational.One);

    public bool IsZero => Terms.Count == 0;

    public bool IsConstant => Terms.Count == 0 || (Terms.Count == 1 && Terms.ContainsKey(0));

    public static Polynomial Constant(Rational value) => new(value.IsZero ? [] : new() { [0] = value });

    public static Polynomial Letter(int index) => new(new() { [1UL << (8 * index)] = Rational.One });

    /// <summary>The exponent of a letter in a packed power.</summary>
    public static int Exponent(ulong power, int letter) => (int)(power >> (8 * letter)) & 255;

    /// <summary>Bits of the longest coefficient.</summary>
    private long Bits => Terms.Count == 0 ? 0 : Terms.Values.Max(value => value.Bits);

    public int Degree(int letter)
    {
        int degree = 0;
        foreach (ulong power in Terms.Keys)
        {
            degree = Math.Max(degree, Exponent(power, letter));
        }

        return degree;
    }

    public Polynomial Plus(Polynomial other, Work work)
    {
        work.Spend(4 + (4 * (Terms.Count + other.Terms.Count)));
        Dictionary<ulong, Rational> terms = new(Terms);
        foreach ((ulong power, Rational value) in other.Terms)
        {
            Add(terms, power, value);
        }

        return new(terms);
    }

    public Polynomial Times(Rational factor)
    {
        Dictionary<ulong, Rational> terms = new(Terms.Count);
        foreach ((ulong power, Rational value) in Terms)
        {
            Add(terms, power, value * factor);
        }

        return new(terms);
    }

    /// <summary>The product of this polynomial and another one.</summary>
    /// <exception cref="UndecidedException">It has too many terms or too high a degree.</exception>
    public Polynomial Times(Polynomial other, Work work)
    {
        if (IsConstant || other.IsConstant)
        {
            return IsZero || other.IsZero ? Zero : IsConstant ? other.Times(Terms[0]) : Times(other.Terms[0]);
        }

        work.Spend(10 + ((10 + (Bits / 16) + (other.Bits / 16)) * Terms.Count * other.Terms.Count));
        Dictionary<ulong, Rational> terms = [];
        foreach ((ulong power, Rational value) in Terms)
        {
            foreach ((ulong otherPower, Rational otherValue) in other.Terms)
            {
                Add(terms, Joined(power, otherPower), value * otherValue);
            }

            if (terms.Count > MostTerms)
            {
                throw new UndecidedException("too many terms");
            }
        }

        return new(terms);
    }

    /// <summary>The same polynomial with the square of a letter replaced by minus one: the imaginary unit.</summary>
    public Polynomial WithUnit(int letter)
    {
        if (letter < 0 || Degree(letter) < 2)
        {
            return this;
        }

        Dictionary<ulong, Rational> terms = [];
        foreach ((ulong power, Rational value) in Terms)
        {
            int exponent = Exponent(power, letter);
            ulong rest = power - ((ulong)exponent << (8 * letter)) + ((ulong)(exponent & 1) << (8 * letter));
            Add(terms, rest, (exponent & 2) == 0 ? value : -value);
        }

        return new(terms);
    }

    /// <summary>The coefficients of the powers of one letter, from the lowest on.</summary>
    public Polynomial[] Coefficients(int letter)
    {
        Polynomial[] parts = new Polynomial[Degree(letter) + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new([]);
        }

        foreach ((ulong power, Rational value) in Terms)
        {
            int exponent = Exponent(power, letter);
            parts[exponent].Terms[power - ((ulong)exponent << (8 * letter))] = value;
        }

        return parts;
    }

    /// <summary>The factor that makes this polynomial of the other one; null where there is none.</summary>
    public Rational? Factor(Polynomial other)
    {
        if (IsZero || Terms.Count != other.Terms.Count)
        {
            return null;
        }

        Rational? factor = null;
        foreach ((ulong power, Rational value) in Terms)
        {
            if (!other.Terms.TryGetValue(power, out Rational otherValue))
            {
                return null;
            }

            Rational quotient = value / otherValue;
            if (factor is { } known && known != quotient)
            {
                return null;
            }

            factor = quotient;
        }

        return factor;
    }

    private static ulong Joined(ulong a, ulong b)
    {
        for (int letter = 0; letter < 8; letter++)
        {
            if (Exponent(a, letter) + Exponent(b, letter) > LargestDegree)
            {
                throw new UndecidedException("a degree that is too high");
            }
        }

        return a + b;
    }

    private static void Add(Dictionary<ulong, Rational> terms, ulong power, Rational value)
    {
        Rational sum = terms.TryGetValue(power, out Rational before) ? before + value : value;
        if (sum.IsZero)
        {
            terms.Remove(power);
        }
        else if (sum.Bits > 20_000)
        {
            throw new UndecidedException("a coefficient that is too long");
        }
        else
        {
            terms[power] = sum;
        }
    }
}
