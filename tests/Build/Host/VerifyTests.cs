using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class VerifyTests(HostFixture host)
{
    private const string Lock = "results/tiny/Tiny.lock.json";

    [Fact]
    public void Should_SayWhereEveryValueCameFrom_When_ALockIsWritten()
    {
        JsonNode provenance = JsonNode.Parse(host.Folder.Read(Lock))!["provenance"]!;
        Assert.Equal(["Random/16/System2", "Random/8/System2", "base"], provenance["cells"]!.AsObject().Select(cell => cell.Key));
        JsonNode random = provenance["cells"]!["Random/8/System2"]!;
        Assert.Equal("pinned", (string?)random["class"]);
        Assert.Equal(["answers", "selection", "training", "weights"], random["seed1"]!.AsObject().Select(step => step.Key));
        Assert.Equal(["Free", "Hard"], random["seed1"]!["answers"]!.AsObject().Select(benchmark => benchmark.Key));
        Assert.Equal(["answers", "weights"], provenance["cells"]!["base"]!["seed1"]!.AsObject().Select(step => step.Key));
        Assert.Contains("TorchSharp", provenance["packages"]!.AsObject().Select(package => package.Key));
        Assert.Contains("fine-tune", provenance["code"]!.AsObject().Select(stage => stage.Key));
        Assert.StartsWith("portable/", (string?)provenance["numerics"]!["class"], StringComparison.Ordinal);

        // The digests are those of files in the store.
        string weights = (string)random["seed1"]!["weights"]!;
        Assert.Equal(weights, ContentHash.OfFile(host.Folder.PathOf($".cache/store/objects/{weights[..2]}/{weights}")).Hex);
    }

    [Theory]
    [InlineData("Tiny/Random/8/System2", "  Random/8/System2: holds\n")]
    [InlineData("Tiny/Random/8/System2/seed1", "  Random/8/System2: holds\n")]
    [InlineData("Tiny/base", "  base: holds\n")]
    public async Task Should_Hold_When_OneCellIsVerified(string address, string line)
    {
        HostRun run = (await host.Folder.RunAsync("--target=Verify", address)).Expect(ExitCode.Done);
        Assert.Equal("Tiny: the lock holds (1 cell)\n" + line, run.Output);
    }

    [Fact]
    public async Task Should_MakeOnlyTheCell_When_OneIsVerifiedInAnEmptyStore()
    {
        using HostFolder folder = host.Copy();
        Directory.Delete(folder.Store, recursive: true);
        HostRun run = (await folder.RunAsync("--target=Verify", "Tiny/base", "-v", "verbose")).Expect(ExitCode.Done);
        Assert.Contains("Tiny/base/seed1/grade/Hard", run.Ran);
        Assert.DoesNotContain(run.Ran, target => target.Contains("Random", StringComparison.Ordinal) || target.EndsWith("table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_NameTheMovedValueAndQuestion_When_ALockedCellIsNotWhatComesOut()
    {
        using HostFolder folder = host.Copy();
        (string id, string row) = FlipFirstOutcome(folder, "base Hard 1 ");
        HostRun run = (await folder.RunAsync("--target=Verify", "Tiny/base")).Expect(ExitCode.LockBroken);
        Assert.Contains("  base: moved\n    Hard.right[0]: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"1 outcomes changed, first {id} (seed 1): ", run.Error, StringComparison.Ordinal);
        Assert.Contains(" right of 6 (", run.Error, StringComparison.Ordinal);
        Assert.Contains("McNemar's exact test p 1.0", run.Error, StringComparison.Ordinal);
        Assert.Contains("--accept --reason=", run.Error, StringComparison.Ordinal);
        Assert.Contains(row, folder.Read("results/tiny/Tiny.outcomes"), StringComparison.Ordinal);

        // Another cell is not touched by it; the whole table names the same question.
        (await folder.RunAsync("--target=Verify", "Tiny/Random/8/System2")).Expect(ExitCode.LockBroken);
        Assert.Contains(
            $"first {id} (seed 1): ", (await folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.LockBroken).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayMissing_When_TheRowWasTakenOut()
    {
        using HostFolder folder = host.Copy();
        folder.Edit("experiments/tables/Tiny.yaml", "  - base: true\n", "");
        Assert.Contains(
            "  base: missing\n", (await folder.RunAsync("--target=Verify", "Tiny/base")).Expect(ExitCode.LockBroken).Error, StringComparison.Ordinal);
        Assert.Contains("  base: missing\n", (await folder.RunAsync("--target=Verify", "Tiny")).Expect(ExitCode.LockBroken).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_TakeNothingFromTheCache_When_ItIsFromScratch()
    {
        using HostFolder folder = host.Copy();
        string[] before = [.. Directory.EnumerateFileSystemEntries(folder.PathOf(".cache")).Order()];
        HostRun run = (await folder.RunAsync("--target=Verify", "Tiny", "--from-scratch", "-v", "verbose")).Expect(ExitCode.Done);
        Assert.Equal(host.First.Ran, run.Ran);
        Assert.EndsWith(
            "Tiny: the lock holds (3 cells)\n  Random/16/System2: holds\n  Random/8/System2: holds\n  base: holds\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.PathOf(".cache")).Order());
        Assert.Equal(host.Folder.Published(), folder.Published());
    }

    [Fact]
    public async Task Should_CatchIt_When_AHandEditsTheProvenance()
    {
        using HostFolder folder = host.Copy();
        JsonNode file = JsonNode.Parse(folder.Read(Lock))!;
        file["provenance"]!["packages"]!["TorchSharp"] = "9.9.9";
        File.WriteAllText(folder.PathOf(Lock), file.ToJsonString());
        foreach (string address in (string[])["Tiny", "Tiny/base"])
        {
            Assert.Contains(
                "Tiny.lock.json was edited by hand", (await folder.RunAsync("--target=Verify", address)).Expect(ExitCode.LockBroken).Error,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_StopTheWave_When_AChangedStepGivesTheSameBytes()
    {
        using HostFolder folder = host.Copy();

        // Another batch generates the same answers: nothing behind the generation runs.
        folder.Edit("experiments/profiles/tiny.yaml", "generation: {maxNewTokens: 12}", "generation: {maxNewTokens: 12, batch: 3}");
        HostRun run = (await folder.RunAsync("--target=Tiny", "-v", "verbose")).Expect(ExitCode.Done);
        Assert.Equal(6, run.Ran.Length);
        Assert.All(run.Ran, target => Assert.Contains("/generate/", target, StringComparison.Ordinal));
        Assert.Contains("the lock holds", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_ExecuteAgainAndCompare_When_ARecheckIsAskedFor()
    {
        HostRun run = (await host.Folder.RunAsync("--target=Verify", "Tiny/Random/8/System2", "--recheck=99")).Expect(ExitCode.Done);
        Assert.Contains("\nsame     Tiny/Random/8/System2/seed1/fine-tune (fine-tune, ", run.Output, StringComparison.Ordinal);
        Assert.Equal(7, run.Output.Split('\n').Count(line => line.StartsWith("same     ", StringComparison.Ordinal)));
        Assert.EndsWith("Every byte came out the same.\n", run.Output, StringComparison.Ordinal);

        run = (await host.Folder.RunAsync("--target=Verify", "Tiny", "--recheck=2")).Expect(ExitCode.Done);
        Assert.Matches(@"^2 targets of \d+ cached ones, each executed again:\n", run.Output);
        Assert.Equal(2, run.Output.Split('\n').Count(line => line.StartsWith("same     ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Tiny/Random/8/System2/seed1/fine-tune", "model.safetensors", "fine-tune", @"model\.safetensors, tensor \S+, element \d+ of \d+: \S+ -> \S+")]
    [InlineData("Tiny/base/seed1/grade/Hard", "grades.jsonl", "grade", @"grades\.jsonl, row \d+, field output: "".*"" -> "".*""")]
    public async Task Should_NameThePlace_When_TheStoredFileIsNotWhatComesOut(string target, string file, string stage, string place)
    {
        using HostFolder folder = host.Copy();
        Forge(folder, target, file);
        HostRun run = (await folder.RunAsync("--target=Verify", target, "--recheck=1")).Expect(ExitCode.LockBroken);
        Assert.Contains($"differs  {target}: the stage {stage} is not deterministic\n", run.Error, StringComparison.Ordinal);
        Assert.Matches(place, run.Error);
    }

    [Theory]
    [InlineData("Verify: There is no cell 'Tiny/Random/9/System2' in the profile 'tiny'. Did you mean 'Tiny/Random/8/System2'?", "Tiny/Random/9/System2")]
    [InlineData(
        "--accept: A lock is accepted as a whole, not the cell 'Tiny/base' alone. Write --target=Verify Tiny --accept --reason=TEXT.", "Tiny/base",
        "--accept", "--reason=x")]
    [InlineData(
        "--recheck: Nothing of it is in the store: there is nothing to check. Make the table first.", "Short/ReasoningStrategies/16/System2", "--recheck=1")]
    public async Task Should_SayWhatToDo_When_TheSubjectIsWrong(string message, params string[] arguments) =>
        Assert.Equal(["error: " + message], (await host.Folder.RunAsync(["--target=Verify", .. arguments])).Expect(ExitCode.Usage).Errors);

    // Makes the lock and the outcomes claim another first outcome; the id of its question and the row that claims it.
    private static (string Id, string Row) FlipFirstOutcome(HostFolder folder, string row)
    {
        string outcomes = folder.Read("results/tiny/Tiny.outcomes");
        int at = outcomes.IndexOf("\n" + row, StringComparison.Ordinal) + 1 + row.Length;
        bool right = outcomes[at] == '1';
        outcomes = outcomes[..at] + (right ? '0' : '1') + outcomes[(at + 1)..];
        File.WriteAllText(folder.PathOf("results/tiny/Tiny.outcomes"), outcomes);
        JsonNode file = JsonNode.Parse(folder.Read(Lock))!;
        JsonArray counts = file["body"]!["cells"]!["base"]!["benchmarks"]!["Hard"]!["right"]!.AsArray();
        counts[0] = counts[0]!.GetValue<int>() + (right ? -1 : 1);
        File.WriteAllText(folder.PathOf(Lock), file.ToJsonString());
        using ObjectStore store = new(folder.Store);
        RunSummary benchmark = store.History.Read().Single(run => run.Address == "world/benchmark/Hard");
        string[] ids =
            [.. File.ReadLines(store.Find(store.FindRun(benchmark.Key)!.Outputs["questions.jsonl"])!).Select(line => (string)JsonNode.Parse(line)!["id"]!)];
        return (ids.Order(StringComparer.Ordinal).First(), row + outcomes[at]);
    }

    // Puts other bytes in the place of a stored output, as a run that is not deterministic would have left them.
    private static void Forge(HostFolder folder, string target, string name)
    {
        using ObjectStore store = new(folder.Store);
        RunRecord record = store.FindRun(store.History.Read().Single(run => run.Address == target).Key)!;
        byte[] bytes = File.ReadAllBytes(store.Find(record.Outputs[name])!);
        int at = name.EndsWith(".jsonl", StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetString(bytes).IndexOf("\"output\":\"", StringComparison.Ordinal) + "\"output\":\"".Length
            : bytes.Length - 4;
        if (name.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            bytes = [.. bytes[..at], (byte)'Q', .. bytes[at..]];
        }
        else
        {
            bytes[at] ^= 1;
        }

        using ScratchFolder scratch = store.NewScratch();
        string path = Path.Combine(scratch.FullPath, "forged");
        File.WriteAllBytes(path, bytes);
        SortedDictionary<string, OutputFile> outputs = new(record.Outputs, StringComparer.Ordinal) { [name] = store.Adopt(path) };
        store.Record(record with { Outputs = outputs });
    }
}
