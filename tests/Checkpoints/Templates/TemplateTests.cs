using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Templates;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Templates;

public class TemplateTests
{
    public static TheoryData<string> Files => ["jinja.json", "constructs.json"];

    /// <summary>
    /// What Jinja2 renders under Transformers' settings (Fixtures/ORIGIN.md), or that it is an error there. A case that is marked is refused here by name.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Should_RenderAsTransformersDoes_When_ConstructsAreTried(string file)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(Fixture.Path("templates", file)))!.AsObject();
        List<string> wrong = [];
        foreach (JsonNode each in json["cases"]!.AsArray().Select(each => each!))
        {
            string source = each["template"]!.GetValue<string>();
            string? expected = each["rendered"]?.GetValue<string>();
            bool refused = each["refused"] is not null;
            string actual;
            try
            {
                actual = Template.Parse(source, "case").Render(TemplateValues.Context(each["context"] ?? json["context"]!));
                if (expected is null || refused || actual != expected)
                {
                    wrong.Add($"{each["name"]}: {source}\n  is '{actual}'\n  not '{expected ?? each["error"]?.GetValue<string>()}'");
                }
            }
            catch (UserErrorException error)
            {
                if (expected is not null && !(refused && error.Message.Contains("not supported", StringComparison.Ordinal)))
                {
                    wrong.Add($"{each["name"]}: {source}\n  is refused: {error.Message}\n  not '{expected}'");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
