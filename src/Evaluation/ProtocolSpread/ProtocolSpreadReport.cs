using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NaturalThoughts.Evaluation.ProtocolSpread;

/// <summary>How much accuracy depends on the protocol.</summary>
/// <param name="Questions">Number of answers.</param>
/// <param name="Split">Answers that one protocol credits and another does not.</param>
/// <param name="Lowest">The lowest accuracy among the protocols.</param>
/// <param name="Highest">The highest accuracy among the protocols.</param>
/// <param name="Protocols">Each protocol, in the order of the options.</param>
public sealed record ProtocolSpreadReport(int Questions, int Split, double Lowest, double Highest, IReadOnlyList<ProtocolSummary> Protocols)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a report.json.</summary>
    public static ProtocolSpreadReport Read(string path) =>
        JsonSerializer.Deserialize<ProtocolSpreadReport>(File.ReadAllText(path, Encoding.UTF8), Format) ?? throw new JsonException($"{path} is not a report.");

    /// <summary>Writes a report.json: UTF-8, indented, with a line feed at the end.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Writes the protocols as CSV: one row each, shares with six decimals.</summary>
    public void WriteCsv(string path)
    {
        StringBuilder csv = new("protocol,questions,accuracy,correct,wrong,unparsed,unparsed_rate,guessed,undecided\n");
        foreach (ProtocolSummary row in Protocols)
        {
            double unparsed = Questions == 0 ? 0 : (double)(row.Unparsed + row.Guessed) / Questions;
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{row.Protocol},{Questions},{row.Accuracy:0.000000},{row.Correct},{row.Wrong},{row.Unparsed},{unparsed:0.000000},"
                + $"{row.Guessed},{row.Undecided}\n");
        }

        File.WriteAllText(path, csv.ToString());
    }
}
