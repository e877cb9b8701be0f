using NaturalThoughts.MiniWorld;

namespace NaturalThoughts.Serving.World;

/// <summary>The world that the served models know.</summary>
public sealed record WorldModelOptions
{
    /// <summary>The pool whose questions the models know.</summary>
    public required WorldPoolOptions Pool { get; init; }

    /// <summary>The benchmarks whose questions the models know.</summary>
    public IReadOnlyList<WorldBenchmarkOptions> Benchmarks { get; init; } = [];

    /// <summary>The parameters of the teacher.</summary>
    public required WorldTeachOptions Teacher { get; init; }

    /// <summary>The templates of prompts that callers send, by which a trace and the answers to compare are found in them.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }
}
