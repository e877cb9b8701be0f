using System.Globalization;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;

namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>One row per number, with four decimals; intervals at 95 %.</summary>
internal static class ProxiesCsv
{
    private const string Header = "kind,signal,models,target,category,questions,wrong,value,se,low,high,tau_b,tau_low,tau_high,p,p_holm";
    private const int Decimals = 4;

    public static string Write(IEnumerable<ProxyRow> rows) => CsvTable.Lines(rows.Select(Row).Prepend(Header.Split(',')));

    private static string[] Row(ProxyRow row) =>
    [
        row.Kind,
        row.Signal,
        row.Models,
        row.Target,
        row.Category,
        row.Questions.ToString(CultureInfo.InvariantCulture),
        row.Wrong.ToString(CultureInfo.InvariantCulture),
        .. Numbers(row.Estimate),
        .. row.Tau is { } tau ? [Fixed(tau.Value), Fixed(tau.Interval95.Low), Fixed(tau.Interval95.High)] : new[] { "", "", "" },
        Tables.Numbers.P(row.P),
        Tables.Numbers.P(row.HolmP),
    ];

    private static string[] Numbers(ClusteredEstimate estimate) =>
        [Fixed(estimate.Value), Fixed(estimate.StandardError), Fixed(estimate.Interval95.Low), Fixed(estimate.Interval95.High)];

    private static string Fixed(double value) => Tables.Numbers.Fixed(value, Decimals);
}
