using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>A protocol made of two functions.</summary>
internal sealed record RuleProtocol(string Name, string Version, Func<string, Question, Reading> Extracts, Func<Question, string, bool?> Compares)
    : IGradingProtocol
{
    /// <inheritdoc />
    public Reading Extract(string response, Question question) => Extracts(response, question);

    /// <inheritdoc />
    public bool? Same(Question question, string extracted) => Compares(question, extracted);

    /// <summary>Ordinal equality with the reference.</summary>
    public static bool? Exact(Question question, string extracted) => extracted == question.Reference;
}
