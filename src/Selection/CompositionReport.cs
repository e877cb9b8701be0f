using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>What a training set is composed of.</summary>
/// <param name="Mix">The mix.</param>
/// <param name="All">All examples.</param>
/// <param name="Domains">Examples by the domain that the questions' source gives them; those without one are left out.</param>
/// <param name="Levels">Examples by the level that the questions' source gives them; those without one are left out.</param>
public sealed record CompositionReport(
    string Mix, CompositionCount All, SortedDictionary<string, CompositionCount> Domains, SortedDictionary<string, CompositionCount> Levels)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Reads a report.json.</summary>
    public static CompositionReport Read(string path) =>
        JsonSerializer.Deserialize<CompositionReport>(TextFiles.ReadStrict(path), Format) ?? throw new JsonException($"{path} holds no report.");

    /// <summary>Writes a report.json: UTF-8, indented, with a line feed at the end.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n", new UTF8Encoding(false));

    internal static CompositionReport Of(Mix mix, IEnumerable<(Question Question, bool System2, bool Bare)> examples)
    {
        (Question Question, bool System2, bool Bare)[] all = [.. examples];
        return new CompositionReport(mix.Name, CompositionCount.Of(all.Select(Kind)), By("domain"), By("level"));

        static (bool System2, bool Bare) Kind((Question Question, bool System2, bool Bare) row) => (row.System2, row.Bare);

        SortedDictionary<string, CompositionCount> By(string name) => new(
            all.Where(row => row.Question.Meta.ContainsKey(name)).GroupBy(row => row.Question.Meta[name], StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => CompositionCount.Of(group.Select(Kind)), StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
