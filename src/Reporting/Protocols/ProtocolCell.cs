using NaturalThoughts.Evaluation.ProtocolSpread;

namespace NaturalThoughts.Reporting.Protocols;

/// <summary>One answering model, benchmark and seed under all protocols.</summary>
/// <param name="Cell">The row.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Report">What the protocols say.</param>
internal sealed record ProtocolCell(TableCell Cell, TableBenchmark Benchmark, int Seed, ProtocolSpreadReport Report)
{
    /// <summary>What a protocol says; null where it was not asked.</summary>
    public ProtocolSummary? Find(string protocol) => Report.Protocols.FirstOrDefault(row => row.Protocol == protocol);
}
