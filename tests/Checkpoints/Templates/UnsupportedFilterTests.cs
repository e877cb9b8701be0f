using NaturalThoughts.Checkpoints.Templates;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Templates;

public class UnsupportedFilterTests
{
    private static readonly Dictionary<string, object?> Context = new(StringComparer.Ordinal) { ["a"] = "<b>", ["tools"] = null };

    // Rendered by Jinja2 3.1.6 with a = "<b>" and tools = None.
    [Theory]
    [InlineData("{% if tools %}{% for t in tools %}{{ t | tojson | safe }}{% endfor %}{% endif %}{{ a }}", "<b>")]
    [InlineData("{% if tools %}{{ tools|xmlattr|urlize }}{{ tools is filtered }}{% endif %}x", "x")]
    [InlineData("{{ 1 if true else (a|nothing) }}", "1")]
    [InlineData("{{ a if a is defined or a is nothing }}", "<b>")]
    [InlineData("{% macro m() %}{{ a|nothing }}{% endmacro %}x", "x")]
    public void Should_RenderAsJinja_When_WhatIsNotSupportedIsNotReached(string template, string expected) =>
        Assert.Equal(expected, Template.Parse(template, "case").Render(Context));

    [Theory]
    [InlineData("a\n{{ a|escape }}", "line 2: The filter 'escape' is not supported")]
    [InlineData("{{ a|safe }}", "The filter 'safe' is not supported")]
    [InlineData("{{ a|groupby('x') }}", "'groupby'")]
    [InlineData("{{ a is filter }}", "The test 'filter' is not supported")]
    [InlineData("{% filter nothing %}x{% endfilter %}", "'nothing'")]
    public void Should_RefuseByNameAndLine_When_ItIsReached(string template, string named)
    {
        Template parsed = Template.Parse(template, "case");
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => parsed.Render(Context)).Message, StringComparison.Ordinal);
    }
}
