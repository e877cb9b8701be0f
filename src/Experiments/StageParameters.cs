using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments;

/// <summary>
/// The parameters of a stage out of the options that it reads, and the other way round. A key is the hash of its parameters, so what is left out is
/// part of what is written here.
/// </summary>
public static class StageParameters
{
    private static readonly JsonSerializerOptions Whole = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    private static readonly JsonSerializerOptions Short = new(Whole)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
    };

    /// <summary>All members that are not null, under the names that <see cref="Read"/> reads.</summary>
    public static JsonObject Of<T>(T options)
        where T : class => JsonSerializer.SerializeToNode(options, Whole)!.AsObject();

    /// <summary>
    /// The required members and those that differ from their default, at every depth: the same work has the same key, and an option that a stage gets
    /// later moves no key.
    /// </summary>
    public static JsonObject Given<T>(T options)
        where T : class => JsonSerializer.SerializeToNode(options, Short)!.AsObject();

    /// <summary>A member of options as parameters spell it: for parameters that are what a YAML file gives, member by member.</summary>
    public static string Name(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    /// <summary>The options as the stage reads them.</summary>
    /// <exception cref="JsonException">They are not the parameters of such a stage.</exception>
    public static T Read<T>(JsonObject parameters) =>
        new StageContext { Parameters = parameters, Inputs = new Dictionary<string, string>(), OutputFolder = "" }.Options<T>();

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructor(Type.EmptyTypes) is null)
        {
            return;
        }

        object defaults = Activator.CreateInstance(type.Type)!;
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property is { IsRequired: false, Get: not null }))
        {
            object? without = property.Get!(defaults);
            property.ShouldSerialize = (_, value) => value is not null && !IsSame(value, without);
        }
    }

    private static bool IsSame(object value, object? other) =>
        value is IEnumerable values && other is IEnumerable others ? values.Cast<object?>().SequenceEqual(others.Cast<object?>()) : value.Equals(other);
}
