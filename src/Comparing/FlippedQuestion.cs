namespace NaturalThoughts.Comparing;

/// <summary>A question on which two runs differ.</summary>
/// <param name="Name">Its id in the first run, or what stands for its text.</param>
/// <param name="First">Mean score over the repeats of the first run, from 0 to 1.</param>
/// <param name="Second">That of the other run.</param>
/// <param name="FirstAnswer">The answer of the first repeat that flipped the same way; null where it is not known or may not be shown.</param>
/// <param name="SecondAnswer">That of the other run.</param>
/// <param name="Text">The beginning of the question; null where it is not known or may not be shown.</param>
public sealed record FlippedQuestion(string Name, double First, double Second, string? FirstAnswer, string? SecondAnswer, string? Text)
{
    /// <summary>What the repeat of these answers is called, such as <c>seed 2</c>; null where a question was answered once.</summary>
    public string? Repeat { get; init; }

    /// <summary>True where the other run is better.</summary>
    public bool IsBetter => Second > First;
}
