using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>
/// What a selection is made of. All of it describes the selected questions as they are, also where the annotations were permuted
/// before selecting.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="N">Number of selected questions.</param>
/// <param name="Candidates">Number of questions with a trace and an annotation.</param>
/// <param name="Tokens">Lengths of the selected traces.</param>
/// <param name="Domains">Selected questions by annotated domain.</param>
/// <param name="Levels">Selected questions by the level that their source gives them; empty where it gives none.</param>
/// <param name="Strategies">Selected traces by annotated strategy; a trace counts once for each of its strategies.</param>
/// <param name="StrategyCounts">Selected traces by their number of unique strategies.</param>
public sealed record SelectionReport(
    string Method,
    int N,
    int Candidates,
    TokenSummary Tokens,
    SortedDictionary<string, int> Domains,
    SortedDictionary<string, int> Levels,
    SortedDictionary<string, int> Strategies,
    SortedDictionary<string, int> StrategyCounts)
{
    /// <summary>What training on it costs; null, and absent from files, where it is matched with no other selection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingCost? Training { get; init; }

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a report.json.</summary>
    public static SelectionReport Read(string path) =>
        JsonSerializer.Deserialize<SelectionReport>(TextFiles.ReadStrict(path), Format) ?? throw new JsonException($"{path} holds no report.");

    /// <summary>Writes a report.json: UTF-8, indented, with a line feed at the end.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n", new UTF8Encoding(false));

    internal static SelectionReport Of(SelectOptions options, CandidatePool pool, IReadOnlyList<string> selected)
    {
        HashSet<string> ids = new(selected, StringComparer.Ordinal);
        List<Candidate> rows = [.. pool.Candidates.Where(candidate => ids.Contains(candidate.Id))];
        return new SelectionReport(
            options.Method,
            rows.Count,
            pool.Candidates.Count,
            TokenSummary.Of(rows.Select(row => row.Signals.Tokens)),
            Histogram(rows.Select(row => row.Signals.Domain)),
            Histogram(rows.Select(row => pool.Level(row.Id)).OfType<string>()),
            Histogram(rows.SelectMany(row => row.Signals.Strategies.Distinct(StringComparer.Ordinal))),
            Histogram(
                rows.Select(row =>
                    row.Signals.Strategies.Distinct(StringComparer.Ordinal).Count().ToString("D2", System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static SortedDictionary<string, int> Histogram(IEnumerable<string> values)
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string value in values)
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts;
    }
}
