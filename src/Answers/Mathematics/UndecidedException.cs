namespace NaturalThoughts.Answers.Mathematics;

/// <summary>A value that cannot be told within the bounds on work, precision or depth, or that these rules do not know.</summary>
internal sealed class UndecidedException(string reason) : Exception(reason);
