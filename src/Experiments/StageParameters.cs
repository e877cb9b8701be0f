using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NaturalThoughts.Experiments;

/// <summary>
/// The parameters of a stage out of the options that it reads. For options without defaults: what has a default is left out of parameters where it
/// is not given, so that the same work has the same key, and is written member by member.
/// </summary>
internal static class StageParameters
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The members that are not null, under the names that <see cref="Contracts.StageContext.Options{T}"/> reads.</summary>
    public static JsonObject Of<T>(T options)
        where T : class => JsonSerializer.SerializeToNode(options, Format)!.AsObject();
}
