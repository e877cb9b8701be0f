using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// Another protocol on the text after the thinking alone; on the empty text where the thinking was not closed. Most programs read the
/// response as it is and find answers inside of the thinking.
/// </summary>
internal sealed class AfterThinking(IGradingProtocol inner) : IGradingProtocol
{
    /// <summary>What is added to the version.</summary>
    public const string Suffix = "+after-thinking";

    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public string Version => inner.Version + Suffix;

    /// <inheritdoc />
    public Reading Extract(string response, Question question) => inner.Extract(Thinking.Visible(response) ?? "", question);

    /// <inheritdoc />
    public bool? Same(Question question, string extracted) => inner.Same(question, extracted);
}
