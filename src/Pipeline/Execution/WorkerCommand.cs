namespace NaturalThoughts.Pipeline.Execution;

/// <summary>How a worker process is started.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments, such as <c>worker</c>.</param>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments);
