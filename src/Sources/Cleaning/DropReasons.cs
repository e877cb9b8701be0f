namespace NaturalThoughts.Sources.Cleaning;

/// <summary>Why a question was dropped, in the order in which the rules are tried.</summary>
public static class DropReasons
{
    /// <summary>Fewer or more words than allowed.</summary>
    public const string Length = "length";

    /// <summary>Too small a share of the letters is Latin.</summary>
    public const string Script = "script";

    /// <summary>Another language than those asked for.</summary>
    public const string Language = "language";

    /// <summary>The words of a benchmark's question, with or without its options.</summary>
    public const string BenchmarkExact = "benchmarkExact";

    /// <summary>Thirteen words in a row of a benchmark's question or of one of its options.</summary>
    public const string Benchmark13Gram = "benchmark13Gram";

    /// <summary>Most of the 8-grams of a benchmark's question.</summary>
    public const string Benchmark8Gram = "benchmark8Gram";

    /// <summary>Most of the 8-grams of a benchmark's question, with other numbers.</summary>
    public const string BenchmarkNumbers = "benchmarkNumbers";

    /// <summary>The words of an earlier question of the pool.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Most of the shingles of an earlier question of the pool.</summary>
    public const string NearDuplicate = "nearDuplicate";
}
