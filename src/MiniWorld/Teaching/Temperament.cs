namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>How much a trace says beside the steps.</summary>
internal enum Temperament
{
    /// <summary>The facts alone, most often.</summary>
    Terse,

    /// <summary>Facts with their cues and now and then a strategy.</summary>
    Plain,

    /// <summary>Uses many strategies.</summary>
    Thorough,
}
