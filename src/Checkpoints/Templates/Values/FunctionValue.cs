namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>A function that a template can call.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Call">What it does.</param>
internal sealed record FunctionValue(string Name, Func<Arguments, object?> Call);
