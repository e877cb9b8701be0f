using System.Globalization;

namespace NaturalThoughts.Selection.Tests;

/// <summary>Parameters of every method that select from <see cref="TestPool.Of"/>.</summary>
internal static class Parameters
{
    public static TheoryData<string> Methods { get; } = new(SelectionMethod.Names);

    public static string Of(string method, int size, string seed = "\"a\"", string? permuted = null) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"method": "{{method}}", "size": {{size}}, "seed": {{seed}}, "permuteAnnotations": {{(permuted is null ? "null" : $"\"{permuted}\"")}}{{Settings(method)}}}""");

    private static string Settings(string method) => method switch
    {
        SelectionMethod.SemanticEmbeddings => """, "semanticEmbeddings": {"noise": "exclude"}""",
        SelectionMethod.ReasoningStrategies =>
            """, "reasoningStrategies": {"minStrategies": 2, "maxStrategies": 4, "minPerThousandTokens": 5, "lowDensityKeep": 0.5}""",
        SelectionMethod.LongReasoning => """, "longReasoning": {"c": 600, "tau": 1.5}""",
        SelectionMethod.Verbosity => """, "verbosity": {"min": 4, "max": 6}""",
        SelectionMethod.ShortReference => """, "shortReference": {"maxCharacters": 1}""",
        _ => "",
    };
}
