using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection.Tests;

public sealed class NearestStageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nearest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_LetTargetsTakeTurns_When_TheyWantTheSameQuestions()
    {
        // Two targets on the axes. By the cosine, a is nearest to the first and b to the second; then the first takes c, and so on; lengths do not count.
        Dictionary<string, float[]> pool = new(StringComparer.Ordinal)
        {
            ["e"] = [-1, 0.5f],
            ["d"] = [0.1f, 0.2f],
            ["c"] = [5, 1],
            ["b"] = [0, 0.1f],
            ["a"] = [9, 0],
        };

        Assert.Equal(["a", "b", "c", "d", "e"], Run(pool, ("target/one", [("t1", [1f, 0f])]), ("target/two", [("t2", [0f, 1f])])));

        // With the first target alone: by cosine 1, 0.98, 0.45, 0, -0.89.
        Assert.Equal(["a", "c", "d", "b", "e"], Run(pool, ("target/one", [("t1", [2f, 0f])])));

        // Targets are in ordinal order of their role: the second one's name now comes first.
        Assert.Equal(["b", "a", "d", "c", "e"], Run(pool, ("target/one", [("t1", [1f, 0f])]), ("target/a", [("t2", [0f, 1f])])));
    }

    [Fact]
    public void Should_TakeTheFirstById_When_QuestionsAreEquallyNear() => Assert.Equal(
        ["a", "b", "c"],
        Run(new(StringComparer.Ordinal) { ["c"] = [1, 1], ["a"] = [1, 1], ["b"] = [1, 1] }, ("target/one", [("t", [1f, 0f])])));

    [Fact]
    public void Should_PlaceEveryQuestionOnce_When_ThereAreManyTargets()
    {
        SeededRandom random = SeededRandom.From("nearest");
        float[] Vector() => [.. Enumerable.Range(0, 8).Select(_ => (float)(random.NextDouble() - 0.5))];
        Dictionary<string, float[]> pool = Enumerable.Range(0, 500)
            .ToDictionary(i => FormattableString.Invariant($"q{i:D3}"), _ => Vector(), StringComparer.Ordinal);
        (string, float[])[] targets = [.. Enumerable.Range(0, 7).Select(i => (FormattableString.Invariant($"t{i}"), Vector()))];

        List<string> order = Run(pool, ("target/all", targets));

        Assert.Equal(pool.Keys.Order(StringComparer.Ordinal), order.Order(StringComparer.Ordinal));

        // The first seven are the nearest ones of the targets, as far as no earlier one took them.
        HashSet<string> taken = [];
        for (int i = 0; i < 7; i++)
        {
            string nearest = pool.Where(row => !taken.Contains(row.Key)).MaxBy(row => Cosine(row.Value, targets[i].Item2)).Key;
            Assert.Equal(nearest, order[i]);
            taken.Add(nearest);
        }

        Assert.Equal(order, Run(pool.Reverse().ToDictionary(StringComparer.Ordinal), ("target/all", targets)));

        static double Cosine(float[] a, float[] b) =>
            a.Zip(b).Sum(pair => (double)pair.First * pair.Second) / Math.Sqrt(a.Sum(value => (double)value * value) * b.Sum(value => (double)value * value));
    }

    [Fact]
    public void Should_NameTheVector_When_ItIsNone()
    {
        Dictionary<string, float[]> pool = new(StringComparer.Ordinal) { ["a"] = [1, 0] };
        Assert.Contains("no target", Assert.Throws<UserErrorException>(() => Run(pool)).Message);
        Assert.Contains("'a' has 2 numbers, that of 't' 1", Assert.Throws<UserErrorException>(() => Run(pool, ("target/one", [("t", [1f])]))).Message);
        Assert.Contains("'t' is empty", Assert.Throws<UserErrorException>(() => Run(pool, ("target/one", [("t", [])]))).Message);
    }

    private List<string> Run(Dictionary<string, float[]> pool, params (string Role, (string Id, float[] Vector)[] Rows)[] targets)
    {
        Dictionary<string, string> inputs =
            new(StringComparer.Ordinal) { [NearestStage.EmbeddingsRole] = Write("pool", pool.Select(row => new Embedding(row.Key, row.Value))) };
        foreach ((string role, (string Id, float[] Vector)[] rows) in targets)
        {
            inputs[role] = Write(role.Replace('/', '-'), rows.Select(row => new Embedding(row.Id, row.Vector)));
        }

        new NearestStage().Run(new StageContext { Parameters = new JsonObject(), Inputs = inputs, OutputFolder = _folder });
        List<QuestionPlace> places = JsonLines.Read<QuestionPlace>(Path.Combine(_folder, NearestStage.Output));
        Assert.Equal(Enumerable.Range(0, pool.Count), places.Select(row => row.Place));
        return [.. places.Select(row => row.QuestionId)];
    }

    private string Write(string name, IEnumerable<Embedding> rows)
    {
        string path = Path.Combine(_folder, name + ".jsonl");
        JsonLines.Write(path, rows);
        return path;
    }
}
