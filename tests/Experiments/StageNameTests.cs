using System.Text.RegularExpressions;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>File names and roles of stages are constants of their classes: the plan has no spelling of its own.</summary>
public sealed partial class StageNameTests
{
    // File and literal to what it is besides the role of a stage.
    private static readonly Dictionary<(string File, string Text), string> Others = new()
    {
        [("Benchmarks/SourceFiles.cs", "source")] = "a parameter of imports",
        [("Binding/OldKeys.cs", "pool")] = "a key that profiles had",
        [("Data/WorldSource.cs", "corpus")] = "a part of an address",
        [("Data/WorldSource.cs", "pool")] = "a part of an address",
        [("Data/WorldSource.cs", "tokenizer")] = "a part of an address",
        [("ExperimentFiles.cs", "prompts")] = "a folder of experiments",
        [("ReservedNames.cs", "prompts")] = "the first part of addresses",
    };

    [Fact]
    public void Should_UseTheConstant_When_AStagesFileOrRoleIsNamed()
    {
        StageDescription[] stages = [.. StageCatalog.Names.Select(name => StageCatalog.Create(name).Description)];
        HashSet<string> named = [.. stages.SelectMany(stage => stage.Inputs.Concat(stage.OptionalInputs).Concat(stage.Outputs))];
        HashSet<string> keys = [.. SchemaTests.Shapes.SelectMany(shape => shape.Shape.Names)];
        Dictionary<(string, string), string> left = new(Others);
        List<string> wrong = [];
        foreach ((string file, string text, bool isMember) in Literals())
        {
            // Binders ask for keys by name, and JSON's members are parameters.
            if (!named.Contains(text) || isMember || left.Remove((file, text)) || Others.ContainsKey((file, text)))
            {
                continue;
            }

            if (!keys.Contains(text) || !(file.StartsWith("Binding/", StringComparison.Ordinal) || file.StartsWith("Findings/", StringComparison.Ordinal)))
            {
                wrong.Add($"{file}: \"{text}\"");
            }
        }

        Assert.Contains("selection.jsonl", named);
        Assert.Empty(wrong);
        Assert.Empty(left);
    }

    [Theory]
    [InlineData("Add(\"report.json\", x)", "report.json", false)]
    [InlineData("json[\"questions\"] = 1;", "questions", true)]
    [InlineData("[\"questions\", \"traces\"]", "traces", false)]
    public void Should_TellMembersApart_When_ALineIsRead(string line, string text, bool isMember) =>
        Assert.Contains((text, isMember), Of(line));

    // Keys/ is where the keys of YAML are spelled.
    private static IEnumerable<(string File, string Text, bool IsMember)> Literals()
    {
        string folder = Path.Combine(Path.GetDirectoryName(Workbench.Repository)!, "src", "Experiments");
        foreach (string path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (file.Split('/')[0] is "obj" or "bin" or "Keys")
            {
                continue;
            }

            foreach ((string text, bool isMember) in File.ReadLines(path)
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).SelectMany(Of))
            {
                yield return (file, text, isMember);
            }
        }
    }

    private static IEnumerable<(string Text, bool IsMember)> Of(string line) =>
        Literal().Matches(line).Select(match => (match.Groups["text"].Value, match.Groups["member"].Success));

    // A member is alone between brackets.
    [GeneratedRegex(@"(?<member>(?<=\[)""(?<text>[^""]+)""(?=\]))|""(?<text>[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
