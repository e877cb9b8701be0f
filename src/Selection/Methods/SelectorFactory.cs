namespace NaturalThoughts.Selection.Methods;

/// <summary>From the name of a method and its settings to its selector. A new method is one line here.</summary>
internal static class SelectorFactory
{
    public static ISelector Create(SelectOptions options) => options.Method switch
    {
        SelectionMethod.Random => new RandomSelector(),
        SelectionMethod.Topics => new TopicsSelector(),
        SelectionMethod.SemanticEmbeddings => new SemanticEmbeddingsSelector(options.SemanticEmbeddings!),
        SelectionMethod.ReasoningStrategies => new ReasoningStrategiesSelector(options.ReasoningStrategies!),
        SelectionMethod.LongReasoning => new LongReasoningSelector(options.LongReasoning!),
        SelectionMethod.Verbosity => new VerbositySelector(options.Verbosity!),
        SelectionMethod.ModelsDisagree => new ModelsDisagreeSelector(),
        SelectionMethod.ShortReference => new ShortReferenceSelector(options.ShortReference!),
        SelectionMethod.RdsPlus => new RdsPlusSelector(),
        _ => throw new ArgumentException($"No selector is named '{options.Method}'.", nameof(options)),
    };
}
