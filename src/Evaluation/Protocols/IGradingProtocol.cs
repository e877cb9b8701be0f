using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>The rules of one grader: which answer a response gives, and whether it is the reference.</summary>
public interface IGradingProtocol
{
    /// <summary>The name, in lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>The version of the rules: a commit or a version of the program they come from.</summary>
    string Version { get; }

    /// <summary>Name and version, as experiments write them.</summary>
    string Id => $"{Name}/{Version}";

    /// <summary>The answer that these rules find. Work is bounded by the length of the response times that of the options.</summary>
    /// <param name="response">The whole response, thinking included.</param>
    /// <param name="question">The question; its reference is not looked at.</param>
    Reading Extract(string response, Question question);

    /// <summary>Whether the extracted text is the reference; null where the program asks what is no rule (a symbolic engine, a judge).</summary>
    bool? Same(Question question, string extracted);
}
