namespace NaturalThoughts.Evaluation.Protocols;

/// <summary>All grading protocols by name and version.</summary>
public static class ProtocolCatalog
{
    private static readonly SortedDictionary<string, IGradingProtocol> ById = Index();

    /// <summary>All ids in ordinal order; each also exists with <c>+after-thinking</c>, except for those that never read the thinking.</summary>
    public static IReadOnlyCollection<string> Ids => ById.Keys;

    /// <summary>The ids whose protocols find an option's letter.</summary>
    public static IReadOnlyList<string> LetterIds { get; } = [.. Letters().Select(protocol => protocol.Id).Order(StringComparer.Ordinal)];

    /// <summary>The protocol; null when there is none of this id.</summary>
    public static IGradingProtocol? Find(string id) => ById.GetValueOrDefault(id);

    private static IEnumerable<IGradingProtocol> Letters() =>
        [StrictAnswerLine.Protocol, .. SimpleEvals.Letters, .. MmluPro.All, .. LmEvalLetters.All, .. SuperGpqa.All, SkyThought.Gpqa,
            MathVerifyLetters.Protocol];

    private static IEnumerable<IGradingProtocol> Mathematics() =>
        [SimpleEvals.Math, Hendrycks.LastBoxed, LmEvalMath.Hendrycks, LmEvalMath.MinervaExact, QwenMath.Protocol, Prm800k.Protocol];

    private static SortedDictionary<string, IGradingProtocol> Index()
    {
        SortedDictionary<string, IGradingProtocol> index = new(StringComparer.Ordinal);
        foreach (IGradingProtocol protocol in Letters().Concat(Mathematics()))
        {
            index.Add(protocol.Id, protocol);
            if (protocol != StrictAnswerLine.Protocol)
            {
                IGradingProtocol after = new AfterThinking(protocol);
                index.Add(after.Id, after);
            }
        }

        return index;
    }
}
