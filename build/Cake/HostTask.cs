namespace NaturalThoughts.Build.Cake;

/// <summary>A task of the command line: a table, a cell, or a target below it.</summary>
/// <param name="Name">The name that <c>--target</c> takes.</param>
/// <param name="Description">One line for <c>--description</c>.</param>
/// <param name="Dependencies">Names of tasks that come first.</param>
/// <param name="Run">Says how it ended; a table's publishes it. A failure is an outcome; an exception stops the run.</param>
internal sealed record HostTask(string Name, string Description, IReadOnlyList<string> Dependencies, Func<TaskOutcome> Run);
