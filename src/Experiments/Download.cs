using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Benchmarks;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Sources.Hub;

namespace NaturalThoughts.Experiments;

/// <summary>A file that a benchmark needs.</summary>
/// <param name="Name">Its path below the data folder.</param>
/// <param name="Hub">Where a hub has it; null where none is named.</param>
/// <param name="Digest">The SHA-256 that the YAML declares; null where it declares none.</param>
/// <param name="From">Where a person gets it; null where the YAML does not say.</param>
public sealed record Download(string Name, HubFile? Hub, ContentHash? Digest, string? From)
{
    /// <summary>The files of a benchmark, those of its examples included.</summary>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="benchmark">The benchmark's name.</param>
    /// <exception cref="UserErrorException">There is no such benchmark, or its file is wrong.</exception>
    public static IReadOnlyList<Download> Of(ExperimentFiles files, string benchmark)
    {
        if (!files.Benchmarks.Contains(benchmark))
        {
            throw new UserErrorException(
                $"There is no benchmark '{Quoted.Of(benchmark)}'.", "Fetch",
                NearestName.Hint(benchmark, files.Benchmarks) + " Or name a file of a hub: OWNER/NAME@REVISION:PATH.");
        }

        ErrorList errors = new();
        BenchmarkFile? file = BenchmarkFileBinder.Read(files, $"{BenchmarkFileBinder.Folder}/{benchmark}.yaml", null, errors);
        errors.ThrowIfAny();
        return [.. new[] { file!.Source, file.FewShot?.Source }.OfType<SourceFiles>().SelectMany(source => source.Files.Select(entry =>
            new Download(entry.Key, source.Hub?.FileOf(entry.Key), entry.Value is { } digest ? ContentHash.Parse(digest) : null, source.From)))];
    }
}
