using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Templates;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Templates;

/// <summary>Whatever a template is, it becomes text or a user error: no other exception, no endless run, no full stack, no full memory.</summary>
public class HostileTemplateTests
{
    private static readonly JsonObject Constructs = JsonNode.Parse(File.ReadAllText(Fixture.Path("templates", "constructs.json")))!.AsObject();

    private static readonly Dictionary<string, object?> Context = TemplateValues.Context(Constructs["context"]!);

    public static TheoryData<string, string> Hostile => new()
    {
        { "parentheses", "{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}" },
        { "lists", "{{ " + new string('[', 5_000) + new string(']', 5_000) + " }}" },
        { "not", "{{ " + Many("not ", 100_000) + "1 }}" },
        { "minus", "{{ " + new string('-', 100_000) + "1 }}" },
        { "else", "{{ " + Many("1 if 0 else ", 100_000) + "1 }}" },
        { "sum", "{{ 1" + Many(" + 1", 100_000) + " }}" },
        { "power", "{{ 1" + Many(" ** 1", 100_000) + " }}" },
        { "or", "{{ 0" + Many(" or 0", 100_000) + " }}" },
        { "filters", "{{ 'a'" + Many("|trim", 100_000) + " }}" },
        { "items", "{{ messages" + Many("[0]", 100_000) + " }}" },
        { "calls", "{{ range" + Many("()", 100_000) + " }}" },
        { "ifs", Many("{% if 1 %}", 50_000) + Many("{% endif %}", 50_000) },
        { "fors", Many("{% for x in range(100) %}", 60) + "x" + Many("{% endfor %}", 60) },
        { "targets", "{% for " + new string('(', 50_000) + "a" + new string(')', 50_000) + " in [] %}{% endfor %}" },
        { "recursion", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}" },
        { "two macros", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}" },
        { "nested list", "{% set s = namespace(x=[]) %}{% for i in range(90000) %}{% set s.x = [s.x] %}{% endfor %}{{ s.x }}" },
        { "nested list compared", "{% set s = namespace(x=[], y=[]) %}{% for i in range(9000) %}{% set s.x = [s.x] %}{% set s.y = [s.y] %}{% endfor %}{{ s.x "
            + "== s.y }}" },
        { "nested list as JSON", "{% set s = namespace(x=[]) %}{% for i in range(9000) %}{% set s.x = {'a': s.x} %}{% endfor %}{{ s.x | tojson(indent=4) }}" },
        { "doubling text", "{% set s = namespace(x='ab') %}{% for i in range(99) %}{% set s.x = s.x ~ s.x %}{% endfor %}" },
        { "doubling list", "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = s.x + s.x %}{% endfor %}" },
        { "shared list", "{% set s = namespace(x=[1]) %}{% for i in range(60) %}{% set s.x = [s.x, s.x] %}{% endfor %}{{ s.x }}" },
        { "shared list compared", "{% set s = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set s.x = [s.x, s.x] %}{% set s.y = [s.y, s.y] %}{% endfor "
            + "%}{{ s.x == s.y }}" },
        { "times", "{{ 'a' * 9999999999 }}" },
        { "times of a list", "{{ [1] * 9999999999 }}" },
        { "times zero", "{{ '' * 9999999999 }}" },
        { "replace", "{% set x = 'a' * 1000000 %}{{ x.replace('a', x) }}" },
        { "join", "{% set x = 'a' * 1000000 %}{{ ([1] * 1000000) | join(x) }}" },
        { "indent", "{{ ('a\n' * 100000) | indent(100000) }}" },
        { "indent of JSON", "{{ [[1]] | tojson(indent=2000000000) }}" },
        { "range", "{{ range(0, 9223372036854775807) | list }}" },
        { "range of ranges", "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}" },
        { "select of ranges", "{% for a in range(100000) %}{{ range(100000) | select('gt', 100000) | list }}{% endfor %}" },
        { "slice", "{% for a in range(100000) %}{% set x = ('a' * 100000)[::-1] %}{% endfor %}" },
        { "split", "{% for a in range(100000) %}{% set x = ('a ' * 100000).split() %}{% endfor %}" },
        { "smallest number", "{{ (-9223372036854775807 - 1) // -1 }}" },
        { "smallest number's rest", "{{ (-9223372036854775807 - 1) % -1 }}" },
        { "smallest number's size", "{{ (-9223372036854775807 - 1) | abs }}" },
        { "power of two", "{{ 2 ** 9223372036854775807 }}" },
        { "power of one", "{{ 1 ** 9223372036854775807 }}" },
        { "caller of itself", "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Should_EndWithTextOrAUserError_When_TemplateIsHostile(string name, string source)
    {
        Assert.NotEmpty(name);

        // Half of the smallest stack that threads of .NET get on the platforms that there are.
        Exception? other = null;
        Thread thread = new(() => other = Record.Exception(() => Outcome(source)), 768 * 1024);
        thread.Start();
        Assert.True(thread.Join(Hang.Limit), "It does not end.");
        Assert.Null(other);
    }

    [Fact]
    public void Should_EndWithTextOrAUserError_When_TemplatesAreMutated()
    {
        string[] sources = [.. Constructs["cases"]!.AsArray().Select(each => each!["template"]!.GetValue<string>()), .. RealTemplates()];
        string[] pieces =
        [
            "{{", "}}", "{%", "%}", "{#", "#}", "-", "|", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "\n", " if ", " else ", " for x in ", " is ", " not ",
            "~", "**", "1", "\ud83d", "\u00e9", "\0",
        ];
        SeededRandom random = SeededRandom.From("hostile templates");
        int texts = 0;
        for (int i = 0; i < 10_000; i++)
        {
            StringBuilder source = new(sources[random.Next(sources.Length)]);
            for (int change = random.Next(4); change >= 0; change--)
            {
                int at = random.Next(source.Length + 1);
                source.Remove(at, Math.Min(random.Next(4), source.Length - at));
                source.Insert(at, pieces[random.Next(pieces.Length)]);
            }

            texts += Outcome(source.ToString()) is null ? 0 : 1;
        }

        Assert.InRange(texts, 1_000, 9_000);
    }

    private static IEnumerable<string> RealTemplates() =>
        new[] { "llama3_1", "qwen2_5" }.SelectMany(name => Enumerable.Repeat(File.ReadAllText(Fixture.Path("tokenizers", name, "chat_template.jinja")), 200));

    private static string? Outcome(string source)
    {
        try
        {
            return Template.Parse(source, "hostile").Render(Context);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    private static string Many(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
