using NaturalThoughts.Records;

namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>
/// NovaSky-AI/SkyThought 0d190f1, util/math_parsing_util.py, get_multiple_choice_answer: the last A, B, C or D that is alone in the
/// response in capitals, which the article "a" does as well; without one the response itself.
/// </summary>
internal static class SkyThought
{
    public static IGradingProtocol Gpqa { get; } = new RuleProtocol("skythought-gpqa", "0d190f1", Extract, RuleProtocol.Exact);

    private static Reading Extract(string response, Question question)
    {
        string upper = response.ToUpperInvariant();
        int last = PythonText.LastLoneLetter(upper, 'D');
        return last >= 0
            ? Reading.Of(upper[last].ToString())
            : Reading.Placeholder(PythonText.Strip(response).Trim('.').TrimEnd('.').TrimEnd('/'));
    }
}
