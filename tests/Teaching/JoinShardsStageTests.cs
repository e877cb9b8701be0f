using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching.Tests;

public sealed class JoinShardsStageTests : IDisposable
{
    private const int Parts = 3;
    private static readonly Question[] Questions = [.. Enumerable.Range(0, 60).Select(i => new Question($"q{i}", $"Question {i}?", "1"))];

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Should_GiveTheBytesOfOneRun_When_PartsAreJoined()
    {
        // Given: a row of every question but each seventh, as a teacher leaves them
        Trace[] rows = [.. Questions.Where((_, i) => i % 7 != 3).Select(question => new Trace(question.Id, "\u2028 \"think\" ", "Answer: 1", 3))];
        Lay(rows);

        // When
        StageResult result = _bench.Run(new JoinShardsStage(), new JoinShardsOptions(Parts));

        // Then
        string whole = Path.Combine(_bench.Folder, "whole.jsonl");
        JsonLines.Write(whole, rows);
        Assert.Equal(File.ReadAllBytes(whole), _bench.OutputBytes(JoinShardsStage.Output));
        Assert.Equal(rows.Length, result.Counts["rows"]);
    }

    [Fact]
    public void Should_NameTheQuestion_When_APartIsOfOtherQuestions()
    {
        Trace other = new("unknown", "x", "y", 1);
        Lay([other, .. Questions.Select(question => new Trace(question.Id, "x", "y", 1))]);

        Assert.Contains(
            "'unknown'", Assert.Throws<UserErrorException>(() => _bench.Run(new JoinShardsStage(), new JoinShardsOptions(Parts))).Message,
            StringComparison.Ordinal);
    }

    private void Lay(Trace[] rows)
    {
        _bench.Input(JoinShardsStage.QuestionsRole, Questions);
        for (int i = 0; i < Parts; i++)
        {
            ShardOptions shard = new() { Index = i, Count = Parts };
            Trace[] part = [.. rows.Where(row => shard.Contains(row.QuestionId))];
            Assert.InRange(part.Length, 1, rows.Length - 1);
            _bench.Input(JoinShardsStage.Part(i), part);
        }
    }
}
