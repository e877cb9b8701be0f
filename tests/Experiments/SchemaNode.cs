using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Experiments.Keys;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>A place in a JSON schema.</summary>
internal sealed class SchemaNode
{
    private readonly JsonNode _root;

    private SchemaNode(JsonNode root, JsonNode json) => (_root, Json) = (root, json);

    public JsonNode Json { get; }

    /// <summary>What it is for, here or where it is defined.</summary>
    public string? Description => (string?)(Json["description"] ?? Defined.Json["description"]);

    /// <summary>The texts that may be here.</summary>
    public IEnumerable<string> Choices => Json["enum"]!.AsArray().Select(choice => choice!.GetValue<string>());

    private SchemaNode Defined => Json["$ref"] is { } name ? Root(_root).At(((string)name!)["#/".Length..]).Defined : this;

    private IEnumerable<SchemaNode> Forms =>
        (Defined.Json["anyOf"] ?? Defined.Json["oneOf"]) is JsonArray forms ? forms.SelectMany(form => Below(form!).Forms) : [Defined];

    /// <summary>The whole schema of a kind of file.</summary>
    public static SchemaNode Root(string name) => Root(JsonNode.Parse(File.ReadAllText(Path.Combine(Workbench.Repository, "schema", name + ".schema.json")))!);

    public SchemaNode At(string path) => Below(path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(Json, (at, part) => at is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : at[part]!));

    public SchemaNode Below(JsonNode json) => new(_root, json);

    /// <summary>Asserts that one of the forms here is what may follow a key.</summary>
    public void Holds(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                HoldsText(Form(key, form => form.Is("string") || form.Json["enum"] is not null), key);
                break;
            case KeyKind.Integer:
                HoldsBounds(Form(key, form => form.Is("integer")), key);
                break;
            case KeyKind.Number:
                HoldsBounds(Form(key, form => form.Is("number")), key);
                break;
            case KeyKind.Flag:
                Form(key, form => form.Is("boolean") || form.Json["const"]?.ToJsonString() == "true");
                break;
            case KeyKind.Integers:
                SchemaNode integers = Form(key, form => form.Is("array"));
                HoldsBounds(integers.Below(integers.Json["items"]!), key);
                break;
            case KeyKind.Texts:
                SchemaNode texts = Form(key, form => form.Is("array"));
                HoldsText(texts.Below(texts.Json["items"]!).Defined, key);
                break;
            case KeyKind.Map:
                Form(key, form => form.Is("object"));
                break;
            case KeyKind.Names when key.Value is { } value:
                SchemaNode names = Form(key, form => form.Is("object"));
                names.Below(names.Json["additionalProperties"]!).Holds(value);
                break;
            case KeyKind.Names:
                Assert.True(Form(key, form => form.Is("object")).Json["additionalProperties"] is JsonObject, $"'{key.Name}' must be a map of names.");
                break;
        }
    }

    private static SchemaNode Root(JsonNode root) => new(root, root);

    private static void HoldsText(SchemaNode form, Key key)
    {
        if (key.Choices is { } choices)
        {
            Assert.True(form.Json["enum"] is not null && choices.SequenceEqual(form.Choices), $"The choices of '{key.Name}' are {string.Join(", ", choices)}.");
        }
    }

    private static void HoldsBounds(SchemaNode form, Key key)
    {
        Bounds bounds = key.Bounds;
        double most = key.Kind != KeyKind.Number && bounds.Most == int.MaxValue ? double.PositiveInfinity : bounds.Most;
        (string Name, double Value)[] expected =
        [
            .. double.IsInfinity(bounds.Least) ? [] : new[] { (bounds.IsAbove ? "exclusiveMinimum" : "minimum", bounds.Least) },
            .. double.IsInfinity(most) ? [] : new[] { (bounds.IsBelow ? "exclusiveMaximum" : "maximum", most) },
        ];
        string[] names = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
        (string, double)[] found = [.. names.Where(name => form.Json[name] is not null).Select(name => (name, form.Json[name]!.GetValue<double>()))];
        Assert.True(expected.Order().SequenceEqual(found.Order()), $"The range of '{key.Name}' is {bounds}: {string.Join(", ", expected)}.");
    }

    private SchemaNode Form(Key key, Func<SchemaNode, bool> fits)
    {
        SchemaNode? form = Forms.FirstOrDefault(fits);
        Assert.True(form is not null, $"'{key.Name}' must be {key.Kind}.");
        return form;
    }

    private bool Is(string type) => Json["type"] switch
    {
        JsonArray types => types.Any(one => (string?)one == type),
        { } one => (string?)one == type,
        null => false,
    };
}
