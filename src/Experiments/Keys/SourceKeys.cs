namespace NaturalThoughts.Experiments.Keys;

/// <summary>The keys that say where records come from; each map of a source has exactly one of them.</summary>
internal static class SourceKeys
{
    /// <summary>The embedded world.</summary>
    public const string World = Data.WorldSource.Name;

    /// <summary>A file outside of the store.</summary>
    public const string File = "file";

    /// <summary>What somebody's model wrote already.</summary>
    public const string Recorded = "recorded";

    /// <summary>A model behind an endpoint.</summary>
    public const string Endpoint = "endpoint";

    /// <summary>The student, which embeds so many tokens at once: what <c>embedding</c> has in place of an endpoint.</summary>
    public const string BatchTokens = "batchTokens";

    /// <summary>Every key that says where records come from.</summary>
    public static readonly string[] All = [World, File, Recorded, Endpoint, BatchTokens];
}
