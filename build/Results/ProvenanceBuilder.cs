using System.Text.Json.Nodes;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Code;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Keys;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Reporting.Locks;
using NaturalThoughts.Selection;
using NaturalThoughts.Student.Stages;

namespace NaturalThoughts.Build.Results;

/// <summary>Tells where a table's values came from, by the run records of what it was made of: see <see cref="Provenance"/>.</summary>
/// <param name="session">The plan and the code.</param>
/// <param name="recordOf">Address to the record of its run.</param>
internal sealed class ProvenanceBuilder(Session session, Func<string, RunRecord> recordOf)
{
    private readonly KeyContext _keys = session.Keys;
    private readonly SortedSet<string> _stages = new(StringComparer.Ordinal);

    /// <summary>The provenance of a table's cells, or of some of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="seedsOf">Cell to the seeds that were made.</param>
    public JsonObject Of(TablePlan table, IReadOnlyDictionary<string, IReadOnlyList<int>> seedsOf)
    {
        TableCells cells = new(session.Graph[table.Address]);
        JsonObject all = [];
        foreach ((string cell, IReadOnlyList<int> seeds) in seedsOf)
        {
            string[] grades = [.. seeds.SelectMany(seed => cells.BenchmarksOf(cell).Select(benchmark => cells.Grades(cell, benchmark, seed)))];
            RunRecord[] records = [.. session.Graph.Closure(grades).Select(recordOf)];
            _stages.UnionWith(records.Select(record => record.StageName));
            JsonObject entry = new() { ["class"] = ClassOf(records) };
            foreach (int seed in seeds)
            {
                entry[Provenance.Seed(seed)] = Digests(cells, cell, seed);
            }

            all[cell] = entry;
        }

        return new JsonObject { ["cells"] = all, ["code"] = Code(), ["numerics"] = _keys.Numerics!.DeepClone(), ["packages"] = Packages() };
    }

    // A result is as weak as its weakest input.
    private static string ClassOf(IReadOnlyList<RunRecord> records)
    {
        if (records.Any(record => StageCatalog.Create(record.StageName).Description.CallsModels))
        {
            return "statistical";
        }

        JsonNode[] numerics = [.. records.Select(record => record.Document["numerics"]).OfType<JsonNode>()];
        return numerics.Length == 0 ? "exact"
            : numerics.All(item => (string?)item["device"] == "cpu" && ((string)item["class"]!).StartsWith("portable/", StringComparison.Ordinal)) ? "pinned"
            : "statistical";
    }

    private JsonObject Digests(TableCells cells, string cell, int seed)
    {
        JsonObject digests = [], answers = [];
        foreach (string benchmark in cells.BenchmarksOf(cell))
        {
            TargetInput[] repeats = [.. Answers(cells.Grades(cell, benchmark, seed))];
            TargetInput answered = repeats[0];
            answers[benchmark] = repeats.Length == 1
                ? Digest(answered)
                : CanonicalJson.Hash(new JsonArray([.. repeats.Select(repeat => (JsonNode)Digest(repeat))])).Hex;
            if (Input(answered.TargetAddress, GenerateStage.CheckpointRole) is not { TargetAddress: var student } || digests.ContainsKey("weights"))
            {
                continue;
            }

            digests["weights"] = WeightsDigest(student);
            if (Input(student, FineTuneStage.TrainingRole) is { } training)
            {
                digests["training"] = Digest(training);
                digests["selection"] = Digest(Input(training.TargetAddress, ComposeStage.SelectionRole)!);
            }
        }

        digests["answers"] = answers;
        return digests;
    }

    // Of each repeat, where the grades of several were brought together.
    private IEnumerable<TargetInput> Answers(string grades) =>
        GradeTargets.Repeats(session.Graph, grades).Select(repeat => Given(Input(repeat, GradeStage.AnswersRole)!));

    // Common questions, and those of a table of a part of a benchmark, are a part of the answers that a row gave.
    private TargetInput Given(TargetInput graded) => session.Graph[graded.TargetAddress] is { StageName: KeepQuestionsStage.Name } keep
        ? keep.Inputs[KeepQuestionsStage.AnswersRole]
        : session.Graph[graded.TargetAddress].Inputs.FirstOrDefault(input => graded.File == CommonQuestionsStage.FileOfAnswers(input.Key)).Value ?? graded;

    private TargetInput? Input(string address, string role) => session.Graph[address].Inputs.GetValueOrDefault(role);

    /// <summary>The digest of the weights' file; of several, that of their names and digests.</summary>
    private string WeightsDigest(string student)
    {
        (string Name, string Digest)[] files = [.. recordOf(student).Outputs
            .Where(output => output.Key.EndsWith(".safetensors", StringComparison.Ordinal) && !output.Key.Contains('/'))
            .OrderBy(output => output.Key, StringComparer.Ordinal)
            .Select(output => (output.Key, output.Value.Digest.Hex))];
        return files is [var only] ? only.Digest : CanonicalJson.Hash(new JsonArray([.. files.Select(file => (JsonNode)$"{file.Name} {file.Digest}")])).Hex;
    }

    private string Digest(TargetInput input) => recordOf(input.TargetAddress).Outputs[input.File!].Digest.Hex;

    private JsonObject Code() => new(_stages.Select(stage => KeyValuePair.Create<string, JsonNode?>(stage, _keys.CodeOf(stage).Hex)));

    private JsonObject Packages()
    {
        JsonObject packages = [];
        foreach (LibraryIdentity library in _stages.Select(stage =>
            session.Code.Find(StageCatalog.Create(stage).GetType().Assembly.GetName().Name!)).OfType<LibraryIdentity>())
        {
            foreach (string package in library.Packages.Keys)
            {
                packages[package.Split('/')[0]] = package.Split('/')[1];
            }
        }

        return packages;
    }
}
