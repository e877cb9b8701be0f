using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Questions;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Experiments.Benchmarks;

/// <summary>Files of somebody else, as YAML names them.</summary>
public sealed record SourceFiles
{
    /// <summary>Name below the user's data folder to the SHA-256 of the bytes; null where it is not known, and what is found counts.</summary>
    public required IReadOnlyDictionary<string, string?> Files { get; init; }

    /// <summary>One of <see cref="Sources.Reading.RowFormats.Known"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The entries of zip files to read; null for all.</summary>
    public IReadOnlyList<string>? Entries { get; init; }

    /// <summary>The number of rows that the files have; null where it is not declared.</summary>
    public long? Rows { get; init; }

    /// <summary>Where on a hub the files are, for <c>--target=Fetch</c>; null where no hub has them.</summary>
    public HubFolder? Hub { get; init; }

    /// <summary>Where a person gets the files. A note.</summary>
    public string? From { get; init; }

    /// <summary>The licence of the files. A note.</summary>
    public string? Licence { get; init; }

    /// <summary>The names in the parameters of an import below which the digests are.</summary>
    public static IReadOnlyList<string> DigestKey { get; } = [Parameter, "files"];

    /// <summary>The parameter of an import that says which files it reads and how.</summary>
    public const string Parameter = "source";

    /// <summary>The parameters of <c>import-questions</c> without the digests.</summary>
    public JsonObject Parameters(QuestionMap map)
    {
        JsonObject source = new() { [StageParameters.Name(nameof(SourceOptions.Format))] = Format };
        if (Entries is not null)
        {
            source[StageParameters.Name(nameof(SourceOptions.Entries))] = new JsonArray([.. Entries.Select(entry => (JsonNode)entry)]);
        }

        JsonObject parameters = new()
        {
            [Parameter] = source,
            [StageParameters.Name(nameof(ImportQuestionsOptions.Map))] = map.ToJson(),
        };
        if (Rows is { } rows)
        {
            parameters[StageParameters.Name(nameof(ImportQuestionsOptions.Rows))] = rows;
        }

        return parameters;
    }
}
