using System.Collections.Frozen;

namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>
/// Attributes that Python's values have (Python 3.11, dir()), so that one that is not supported is refused and not taken for undefined.
/// </summary>
internal static class PythonNames
{
    private static readonly FrozenSet<string> OfStr = Set(
        "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit "
        + "isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix "
        + "removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill");

    private static readonly FrozenSet<string> OfList = Set("append clear copy count extend index insert pop remove reverse sort");

    private static readonly FrozenSet<string> OfDict = Set("clear copy fromkeys get items keys pop popitem setdefault update values");

    private static readonly FrozenSet<string> OfNumber = Set(
        "as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag is_integer numerator real to_bytes");

    private static readonly FrozenSet<string> OfOthers = Set(
        "count index start step stop isdisjoint mapping close gi_code gi_frame gi_running gi_suspended gi_yieldfrom send throw "
        + "name arguments catch_kwargs catch_varargs caller explicit_caller");

    /// <summary>True when Python's value of this kind has the attribute.</summary>
    public static bool Has(object? value, string name) =>
        (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal)) || (value switch
        {
            string => OfStr,
            ListValue => OfList,
            MapValue => OfDict,
            bool or long or double => OfNumber,
            RangeValue or MapView or StreamValue or FunctionValue => OfOthers,
            _ => FrozenSet<string>.Empty,
        }).Contains(name);

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
