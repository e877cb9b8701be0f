using DuckDB.NET.Data;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Sources.Tests.Runs;

/// <summary>Details of lighteval, written by another program in the columns of its own: doc, metric, model_response.</summary>
public sealed class LightevalRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_TakeMetricsAndCountTokens_When_DetailsAreParquet()
    {
        string path = Path.Combine(_folder.Path, "details_lighteval|math_500|0_2026-08-21T19-56-54.123456.parquet");
        using (DuckDBConnection connection = new("DataSource=:memory:"))
        {
            connection.Open();
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = $$"""
                copy (select {'query': 'Solve ' || i, 'choices': ['4'], 'gold_index': 0, 'id': i::varchar, 'task_name': 'math_500'} as doc,
                             {'extractive_match': case when i = 2 then null else (i % 2)::double end, 'pass@k:k=1&n=4': 0.25, 'length': 12.0} as metric,
                             {'input': 'Solve', 'text': ['a', 'b'], 'output_tokens': [[1, 2, 3], [1]]} as model_response
                      from range(3) t(i)) to '{{path}}' (format parquet)
                """;
            command.ExecuteNonQuery();
        }

        RunTask task = Assert.Single(RunReader.Read(path, "x", new RunOptions()).Tasks);

        Assert.Equal("lighteval|math_500|0", task.Name);
        Assert.Equal(["extractive_match", "pass@k:k=1&n=4"], task.Metrics);
        Assert.Equal([[0, 0.25], [1, 0.25], [double.NaN, 0.25]], task.Questions.Select(question => Assert.Single(question.Answers).Scores));
        Assert.Equal(["0", "1", "2"], task.Questions.Select(question => question.Id));
        Assert.Equal("Solve 1", task.Questions[1].Text);
        Assert.Equal(2, task.Questions[0].Answers[0].Tokens);
    }
}
