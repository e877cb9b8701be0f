using System.Text.Json.Nodes;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Tests;

/// <summary>The rows of a fixture.</summary>
internal static class Golden
{
    public static List<JsonNode> Rows(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)).Select(line => JsonNode.Parse(line)!)];

    public static string Text(this JsonNode row, string key) => row[key]!.GetValue<string>();

    public static Question Question(this JsonNode row) => new(row.Text("id"), "?", row.Text("gold"))
    {
        Options = [.. (row["options"]?.AsArray() ?? []).Select(option => option!.GetValue<string>())],
    };
}
