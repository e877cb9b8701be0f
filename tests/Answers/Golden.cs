using System.Text.Json.Nodes;

namespace NaturalThoughts.Answers.Tests;

/// <summary>The rows of a fixture.</summary>
internal static class Golden
{
    public static List<JsonNode> Rows(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)).Select(line => JsonNode.Parse(line)!)];

    public static string Text(this JsonNode row, string key) => row[key]!.GetValue<string>();

    public static bool Flag(this JsonNode row, string key) => row[key]!.GetValue<bool>();
}
