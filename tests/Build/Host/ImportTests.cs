using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

/// <summary>A student leaves the store as a folder, and comes back as the base of another profile.</summary>
[Collection(HostFixture.Name)]
public sealed class ImportTests(HostFixture host)
{
    private const string Profile = """
        extends: tiny.yaml
        name: given
        description: A student from a folder.
        seed: tiny
        checkpoint: models/base
        """;

    [Fact]
    public async Task Should_GiveTheSameTable_When_TheBaseStudentComesFromAFolder()
    {
        // Given
        using HostFolder folder = host.Copy();
        HostRun export = (await folder.RunAsync("--target=Export", "base/pretrain", "--to=" + folder.PathOf("models/base"))).Expect(ExitCode.Done);
        Assert.Matches("base/pretrain: [0-9]+ files, .*, in .*base\n", export.Output);
        folder.Write("experiments/profiles/given.yaml", Profile);

        // When
        HostRun run = (await folder.RunBareAsync("--target=Tiny", "--profile=given", "--jobs=1", "--verbosity=verbose")).Expect(ExitCode.Done);

        // Then: what reads a student runs, with the same outputs; no grade does.
        Assert.All(run.Ran, target => Assert.Matches("^base/import$|/fine-tune$|/generate/|^Tiny/table$", target));
        Assert.Equal(folder.Read("results/tiny/Tiny.csv"), folder.Read("results/given/Tiny.csv"));
        Assert.DoesNotContain("world/corpus", run.Output, StringComparison.Ordinal);

        // What a student from a folder will take of memory is predicted; 2 float32 moments are twice the weights.
        HostRun dry = (await folder.RunBareAsync("--target=Tiny", "--profile=given", "--dryrun")).Expect(ExitCode.Done);
        Assert.Single(dry.Output.Split('\n'), line => line.StartsWith("Predicted memory of a fine-tuning: ", StringComparison.Ordinal));
        Assert.Matches(@"\n  precision bf16-stochastic, moments bf16: [0-9.]+ [kM]B with activationCheckpointing, [0-9.]+ [kM]B without\n", dry.Output);
        Assert.Contains("\nPredicted key-value cache of generation: ", dry.Output, StringComparison.Ordinal);

        // A file that changes is seen, although nothing in the checkout did.
        File.AppendAllText(folder.PathOf("models/base/generation_config.json"), "\n");
        HostRun explained = (await folder.RunBareAsync("--explain=base/import", "--profile=given")).Expect(ExitCode.Done);
        Assert.Contains("parameters.files.generation_config.json", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_SayWhere_When_TheFolderIsNoCheckpoint()
    {
        using HostFolder folder = HostFolder.Create();
        folder.Write("experiments/profiles/given.yaml", Profile);
        HostRun missing = (await folder.RunBareAsync("--target=Tiny", "--profile=given")).Expect(ExitCode.Usage);
        Assert.StartsWith("error: experiments/profiles/given.yaml:5:13: There is no folder '", missing.Errors[0], StringComparison.Ordinal);

        folder.Write("models/base/config.json", "{}");
        HostRun partial = (await folder.RunBareAsync("--target=Tiny", "--profile=given")).Expect(ExitCode.Usage);
        Assert.Contains(partial.Errors, line => line.Contains("has no tokenizer.json.", StringComparison.Ordinal));

        folder.Write("experiments/profiles/given.yaml", Profile + "\nstudent: {hidden_size: 8}");
        HostRun both = (await folder.RunBareAsync("--target=Tiny", "--profile=given")).Expect(ExitCode.Usage);
        Assert.Contains(both.Errors, line => line.Contains("'student' would have no effect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_OverwriteNothing_When_TheFolderIsThere()
    {
        using HostFolder folder = host.Copy();
        folder.Write("out/mine.txt", "mine");
        HostRun run = (await folder.RunAsync("--target=Export", "base/pretrain", "--to=" + folder.PathOf("out"))).Expect(ExitCode.Usage);
        Assert.Contains("is there already", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Equal("mine", folder.Read("out/mine.txt"));

        HostRun many = (await folder.RunAsync("--target=Export", "Tiny", "--to=" + folder.PathOf("new"))).Expect(ExitCode.Done);
        Assert.Contains("Tiny/table: ", many.Output, StringComparison.Ordinal);
        HostRun students = (await folder.RunAsync("--target=Export", "base/embed", "--to=" + folder.PathOf("embedded"))).Expect(ExitCode.Done);
        Assert.True(File.Exists(folder.PathOf("embedded/embeddings.jsonl")), students.Output);
    }

    [Fact]
    public async Task Should_WriteADatasetWithItsProvenance_When_ATrainingSetIsExported()
    {
        using HostFolder folder = host.Copy();
        string to = folder.PathOf("set");
        HostRun run = (await folder.RunAsync("--target=Export", "Tiny/Random/16/System2/seed1", "--to=" + to, "--format=dataset", "--license=cc-by-4.0"))
            .Expect(ExitCode.Done);
        Assert.Contains("Tiny/Random/16/System2/seed1/compose: 16 rows, ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["README.md", "data/train-00000-of-00001.parquet", "dataset_info.json", "train.jsonl"],
            Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(to, path)).Order(StringComparer.Ordinal));
        Assert.Equal(16, File.ReadLines(folder.PathOf("set/train.jsonl")).Count());
        string card = folder.Read("set/README.md");
        Assert.Contains("| rows | 16 |\n", card, StringComparison.Ordinal);
        Assert.Contains("\"method\":\"Random\"", card, StringComparison.Ordinal);
        Assert.Contains("| `world/teach` | stage `world-teach`; traces.jsonl sha256 `", card, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Root, card, StringComparison.Ordinal);

        HostRun many = (await folder.RunAsync("--target=Export", "Tiny", "--to=" + folder.PathOf("other"), "--format=dataset")).Expect(ExitCode.Usage);
        Assert.Contains("'Tiny' holds no training set. Name a cell with a seed", Assert.Single(many.Errors), StringComparison.Ordinal);
    }
}
