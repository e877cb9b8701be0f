namespace NaturalThoughts.Answers.Mathematics;

/// <summary>An expression without a value: a division by zero, a root of a negative number among real numbers.</summary>
internal sealed class UndefinedException() : Exception("an undefined value");
