using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.Host;

[Collection(HostFixture.Name)]
public sealed class CertificateTests(HostFixture host)
{
    [Fact]
    public async Task Should_CheckFromItsOwnFiles_When_ATableWasExported()
    {
        using HostFolder folder = await ExportAsync();
        using HostFolder elsewhere = HostFolder.Create(); // another checkout, without a store
        HostRun run = (await elsewhere.RunAsync("--target=Verify", "--offline", folder.PathOf("crate"))).Expect(ExitCode.Done);
        Assert.Contains("every byte came out the same", run.Output, StringComparison.Ordinal);
        Assert.Contains("results/Tiny: the lock holds", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(elsewhere.Store));
    }

    [Theory]
    [InlineData("answers.jsonl", "has other bytes than the certificate says")]
    [InlineData("grades.jsonl", "has other bytes than the certificate says")]
    public async Task Should_NameTheFile_When_OneWasChanged(string name, string message)
    {
        using HostFolder folder = await ExportAsync();
        string path = Directory.EnumerateFiles(folder.PathOf("crate/targets"), name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.AppendAllText(path, "\n");
        HostRun run = (await host.Folder.RunAsync("--target=Verify", "--offline", folder.PathOf("crate"))).Expect(ExitCode.LockBroken);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    /// <summary>Grades that were forged together with their digest are not what the answers give.</summary>
    [Fact]
    public async Task Should_NameTheRun_When_GradesAreForgedWithTheirDigest()
    {
        using HostFolder folder = await ExportAsync();
        JsonNode certificate = JsonNode.Parse(folder.Read("crate/certificate.json"))!;
        JsonObject graded = certificate["runs"]!.AsArray().Select(run => run!.AsObject())
            .First(run => (string)run["stage"]! == "grade" && File.ReadAllText(PathOf(run)).Contains("\"correct\":false", StringComparison.Ordinal));
        string path = PathOf(graded);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"correct\":false", "\"correct\":true", StringComparison.Ordinal));
        graded["outputs"]!["grades.jsonl"]!["sha256"] = ContentHash.OfFile(path).Hex;
        folder.Write("crate/certificate.json", certificate.ToJsonString());
        HostRun run = (await host.Folder.RunAsync("--target=Verify", "--offline", folder.PathOf("crate"))).Expect(ExitCode.LockBroken);
        Assert.Contains((string)graded["address"]! + " (grade) gives another grades.jsonl", run.Error, StringComparison.Ordinal);

        string PathOf(JsonObject run) => folder.PathOf($"crate/targets/{(string)run["address"]!}/grades.jsonl");
    }

    [Fact]
    public async Task Should_Refuse_When_ACertificateNamesFilesOutsideOfItsFolder()
    {
        using HostFolder folder = await ExportAsync();
        folder.Edit("crate/certificate.json", "\"targets/Tiny/base/seed1/generate/Hard/answers.jsonl\"", "\"../../secret\"");
        Assert.Contains(
            "This is not a certificate.",
            Assert.Single((await host.Folder.RunAsync("--target=Verify", "--offline", folder.PathOf("crate"))).Expect(ExitCode.Usage).Errors),
            StringComparison.Ordinal);
    }

    /// <summary>What RO-Crate 1.1 and the profile Workflow Run Crate 0.5 demand of the metadata.</summary>
    [Fact]
    public async Task Should_BeAWorkflowRunCrate_When_ATableWasExported()
    {
        using HostFolder folder = await ExportAsync();
        JsonObject[] graph = [.. JsonNode.Parse(folder.Read("crate/ro-crate-metadata.json"))!["@graph"]!.AsArray().Select(entity => entity!.AsObject())];
        Dictionary<string, JsonObject> byId = graph.ToDictionary(entity => (string)entity["@id"]!, StringComparer.Ordinal);
        Assert.Equal("./", (string)byId["ro-crate-metadata.json"]["about"]!["@id"]!);
        JsonObject root = byId["./"];
        Assert.All(["name", "description", "datePublished", "mainEntity", "hasPart", "mentions"], key => Assert.NotNull(root[key]));
        Assert.Equal(
            ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
            byId[(string)root["mainEntity"]!["@id"]!]["@type"]!.AsArray().Select(type => (string)type!));
        JsonObject run = Assert.Single(
            graph,
            entity => entity["@type"] is JsonValue type && (string)type! == "CreateAction"
                && (string?)entity["instrument"]!["@id"] == (string)root["mainEntity"]!["@id"]!);
        Assert.Contains(root["mentions"]!.AsArray(), action => (string)action!["@id"]! == (string)run["@id"]!);
        Assert.All(Ids(graph), id => Assert.True(byId.ContainsKey(id) || id.StartsWith("http", StringComparison.Ordinal), id));
        Assert.All(
            graph.Where(entity =>
                entity["@type"] is JsonValue type && (string)type! == "File" && !((string)entity["@id"]!).StartsWith("ni:", StringComparison.Ordinal)), file =>
        {
            string path = folder.PathOf("crate/" + Uri.UnescapeDataString((string)file["@id"]!));
            Assert.True(File.Exists(path), path);
            Assert.True(file["sha256"] is null || (string)file["sha256"]! == ContentHash.OfFile(path).Hex, path);
        });
    }

    [Theory]
    [InlineData("Export: There is no table 'Tny'. Did you mean 'Tiny'?", "Tny")]
    [InlineData("Export: Mine has no lock, so that nothing could be checked. --target=Mine --profile=tiny makes it.", "Mine")]
    public async Task Should_SayWhatToDo_When_ATableCannotBeExported(string message, string table)
    {
        using HostFolder folder = host.Copy();
        folder.Write("experiments/tables/Mine.yaml", folder.Read("experiments/tables/Tiny.yaml").Replace("name: Tiny", "name: Mine", StringComparison.Ordinal));
        HostRun run = (await folder.RunAsync("--target=Export", table, "--format=ro-crate", "--to=" + folder.PathOf("crate"))).Expect(ExitCode.Usage);
        Assert.Equal(["error: " + message], run.Errors);
        Assert.False(Directory.Exists(folder.PathOf("crate")));
    }

    private async Task<HostFolder> ExportAsync()
    {
        HostFolder folder = host.Copy();
        (await folder.RunAsync("--target=Export", "Tiny", "--format=ro-crate", "--to=" + folder.PathOf("crate"))).Expect(ExitCode.Done);
        return folder;
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonObject> entities) => entities.SelectMany(entity => entity.SelectMany(member => member.Value switch
    {
        JsonObject link when link["@id"] is not null => [(string)link["@id"]!],
        JsonArray links => links.OfType<JsonObject>().Select(link => (string)link["@id"]!),
        _ => [],
    }));
}
