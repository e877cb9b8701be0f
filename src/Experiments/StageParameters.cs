using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments;

/// <summary>The parameters of a stage out of the options that it reads, and the other way round.</summary>
public static class StageParameters
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>
    /// The members that are not null, under the names that <see cref="Read"/> reads. For options without defaults: what has a default is left out of
    /// parameters where it is not given, so that the same work has the same key, and is written member by member.
    /// </summary>
    public static JsonObject Of<T>(T options)
        where T : class => JsonSerializer.SerializeToNode(options, Format)!.AsObject();

    /// <summary>The options as the stage reads them.</summary>
    /// <exception cref="JsonException">They are not the parameters of such a stage.</exception>
    public static T Read<T>(JsonObject parameters) =>
        new StageContext { Parameters = parameters, Inputs = new Dictionary<string, string>(), OutputFolder = "" }.Options<T>();
}
