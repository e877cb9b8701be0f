namespace NaturalThoughts.Answers;

/// <summary>A number with the sign of a unit (<c>%</c>, <c>$</c>, <c>€</c>, <c>£</c>, <c>°</c>), or none.</summary>
internal readonly record struct Quantity(Rational Value, string Unit)
{
    private static readonly string[] Currencies = ["$", "€", "£"];

    /// <summary>Reads a folded text; false when it is anything but one quantity.</summary>
    public static bool TryParse(string text, out Quantity quantity)
    {
        (string number, string unit) = Split(text);
        quantity = default;
        if (!Rational.TryParse(number, out Rational value))
        {
            return false;
        }

        quantity = new Quantity(value, unit);
        return true;
    }

    /// <summary>
    /// Equal values; a unit may be missing on one side, and a percentage also counts by its value: 40 % is 40 and 0.4, but 40 is not 0.4.
    /// </summary>
    public bool Matches(Quantity other)
    {
        if (Unit == other.Unit)
        {
            return Value == other.Value;
        }

        if (Unit.Length > 0 && other.Unit.Length > 0)
        {
            return false;
        }

        (Quantity bare, Quantity marked) = Unit.Length == 0 ? (this, other) : (other, this);
        return bare.Value == marked.Value || (marked.Unit == "%" && bare.Value == marked.Value.Times(1, 100));
    }

    /// <summary>The value, then the unit.</summary>
    public override string ToString() => Value + Unit;

    private static (string Number, string Unit) Split(string text)
    {
        if (text.EndsWith('%') || text.EndsWith('°'))
        {
            return (text[..^1].TrimEnd(), text[^1..]);
        }

        foreach (string currency in Currencies)
        {
            int at = text.IndexOf(currency, StringComparison.Ordinal);
            bool leads = at == 0 || (at == 1 && text[0] is '-' or '+');
            if (leads)
            {
                return (text.Remove(at, currency.Length).TrimStart(), currency);
            }

            if (at > 0 && at == text.Length - currency.Length)
            {
                return (text[..at].TrimEnd(), currency);
            }
        }

        return (text, "");
    }
}
