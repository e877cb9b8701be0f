using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Families;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>What kind of questions the pool, a benchmark or the corpus asks.</summary>
internal sealed record QuestionSource
{
    /// <summary>Levels of difficulty.</summary>
    public const int Levels = 6;

    /// <summary>The first part of the ids.</summary>
    public required string Prefix { get; init; }

    /// <summary>The families that it asks.</summary>
    public required IReadOnlyList<QuestionFamily> Families { get; init; }

    /// <summary>Relative frequency of each family.</summary>
    public required IReadOnlyList<double> FamilyWeights { get; init; }

    /// <summary>Relative frequency of levels 1, 2, ...</summary>
    public required IReadOnlyList<double> LevelWeights { get; init; }

    /// <summary>Relative frequency of questions without options, with four and with ten.</summary>
    public required (double Free, double Four, double Ten) Forms { get; init; }

    /// <summary>True for texts that only benchmarks may ask, false for all others.</summary>
    public bool ForBenchmarks { get; init; } = true;

    /// <summary>True where problems may be asked whose text tells the answer (<see cref="Problems.Problem.Told"/>).</summary>
    public bool AsksTold { get; init; }

    /// <summary>The training pool.</summary>
    public static readonly QuestionSource Pool = new()
    {
        Prefix = "p",
        Families = FamilyCatalog.Pool,
        FamilyWeights = FamilyCatalog.PoolWeights,
        LevelWeights = [22, 21, 19, 16, 12, 10],
        Forms = (55, 37, 8),
        ForBenchmarks = false,
    };

    /// <summary>The benchmarks by name.</summary>
    public static readonly IReadOnlyList<QuestionSource> Benchmarks =
    [
        Benchmark("Hard", FamilyCatalog.Pool, [0, 0, 0, 2, 1, 1], (0, 1, 0)),
        Benchmark("Free", FamilyCatalog.Pool, [0, 1, 1, 1, 1, 0], (1, 0, 0)),
        Benchmark("Broad", FamilyCatalog.Pool, [1, 1, 1, 1, 1, 1], (0, 0, 1)),
        Benchmark("Transfer", FamilyCatalog.HeldOut, [1, 1, 1, 1, 0, 0], (0, 0, 1)),
    ];

    /// <summary>
    /// Questions that the corpus works out: of all families, those of Transfer a tenth, so that a base student can solve them but no student
    /// is fine-tuned on them.
    /// </summary>
    public static readonly QuestionSource Worked = new()
    {
        Prefix = "worked",
        Families = FamilyCatalog.All,
        FamilyWeights = [.. FamilyCatalog.All.Select(family => family.HeldOut ? FamilyCatalog.Pool.Count / 9.0 / FamilyCatalog.HeldOut.Count : 1)],
        LevelWeights = [1, 1, 1, 1, 1, 1],
        Forms = (50, 30, 20),
        ForBenchmarks = false,
        AsksTold = true,
    };

    /// <summary>Easy questions of the pool's families that the corpus answers at once.</summary>
    public static readonly QuestionSource Quick = Worked with
    {
        Prefix = "quick",
        Families = FamilyCatalog.Pool,
        FamilyWeights = [.. FamilyCatalog.Pool.Select(_ => 1.0)],
        LevelWeights = [2, 1],
    };

    /// <summary>Everything that can be said, for the vocabulary.</summary>
    public static readonly QuestionSource Everything = Worked with
    {
        Prefix = "any",
        Families = FamilyCatalog.All,
        FamilyWeights = [.. FamilyCatalog.All.Select(_ => 1.0)],
        LevelWeights = [1, 1, 1, 1, 1, 1],
        Forms = (1, 1, 1),
    };

    private static readonly IReadOnlyList<QuestionSource> All = [Pool, .. Benchmarks, Worked, Quick, Everything];

    /// <summary>The source whose ids begin with <paramref name="prefix"/>; null for none.</summary>
    public static QuestionSource? ByPrefix(string prefix)
    {
        string name = prefix.TrimEnd(['1', '2', '3', '4', '5', '6']);
        QuestionSource? whole = All.FirstOrDefault(source => source.Prefix == name);
        return name == prefix ? whole : whole?.UpTo(prefix[^1] - '0');
    }

    /// <summary>The same source without levels above <paramref name="level"/>; its ids say so.</summary>
    /// <exception cref="UserErrorException">There is no such level, or nothing is left.</exception>
    public QuestionSource UpTo(int level)
    {
        if (level < 1 || LevelWeights.Take(level).Sum() == 0)
        {
            throw new UserErrorException(
                $"'{Prefix}' has no questions of levels up to {level}.", "levels",
                $"Its levels are {string.Join(", ", Enumerable.Range(1, LevelWeights.Count).Where(i => LevelWeights[i - 1] > 0))}.");
        }

        return LevelWeights.Skip(level).Sum() == 0
            ? this
            : this with { Prefix = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{level}"), LevelWeights = [.. LevelWeights.Take(level)] };
    }

    private static QuestionSource Benchmark(string name, IReadOnlyList<QuestionFamily> families, double[] levels, (double, double, double) forms) => new()
    {
        Prefix = name.ToLowerInvariant(),
        Families = families,
        FamilyWeights = [.. families.Select(_ => 1.0)],
        LevelWeights = levels,
        Forms = forms,
    };
}
