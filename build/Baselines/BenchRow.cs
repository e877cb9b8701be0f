namespace NaturalThoughts.Build.Baselines;

/// <summary>A row of the table that is printed after benchmarks ran.</summary>
/// <param name="Bench">The benchmark.</param>
/// <param name="Value">The value; empty for a check without values, as are the next four.</param>
/// <param name="Here">What was measured here, with its unit.</param>
/// <param name="Peer">The peer and what was measured of it; empty without one.</param>
/// <param name="Ratio">The ratio of both; empty without a peer.</param>
/// <param name="Bound">The bound of the ratio, or without a peer of the value.</param>
/// <param name="Verdict"><see cref="Ok"/>, <see cref="Crossed"/> or <see cref="Failed"/>.</param>
internal sealed record BenchRow(string Bench, string Value, string Here, string Peer, string Ratio, string Bound, string Verdict)
{
    /// <summary>The value holds its bound, or the check passed.</summary>
    public const string Ok = "ok";

    /// <summary>The value crosses its bound, or has none.</summary>
    public const string Crossed = "crossed";

    /// <summary>The benchmark printed no value and failed.</summary>
    public const string Failed = "failed";

    /// <summary>The rows as a table of Markdown.</summary>
    public static IEnumerable<string> Table(IEnumerable<BenchRow> rows) =>
    [
        "| benchmark | value | here | peer | ratio | bound | verdict |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        .. rows.Select(row => $"| {row.Bench} | {row.Value} | {row.Here} | {row.Peer} | {row.Ratio} | {row.Bound} | {row.Verdict} |"),
    ];
}
