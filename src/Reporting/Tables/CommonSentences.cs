using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.CommonQuestions;

namespace NaturalThoughts.Reporting.Tables;

/// <summary>What a table says of questions that were left out because not all rows answer them.</summary>
internal static class CommonSentences
{
    /// <summary>A sentence for each benchmark with common questions.</summary>
    public static IEnumerable<string> Of(StageContext context, TableOptions options) => options.Benchmarks
        .Where(benchmark => context.HasInput(TableRoles.Common(benchmark.Name)))
        .Select(benchmark => $"{benchmark.Name}: {CommonQuestionsReport.Read(context.Input(TableRoles.Common(benchmark.Name))).InWords()}.");
}
