using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>
/// The code digests of the project's libraries, computed after compilation and kept in identity.json, so that no start-up pays for them.
/// Comments, blank lines, another folder or another order of files change nothing; a helper, a constant, a generated file or a package does.
/// </summary>
public sealed class CodeIdentity
{
    /// <summary>The prefix of the assemblies that count as the project's own.</summary>
    public const string ProjectPrefix = "NaturalThoughts.";

    private readonly SortedDictionary<string, LibraryIdentity> _libraries;
    private readonly Dictionary<string, ContentHash> _digests = new(StringComparer.Ordinal);

    internal CodeIdentity(IEnumerable<LibraryIdentity> libraries)
    {
        _libraries = new(libraries.ToDictionary(library => library.Name), StringComparer.Ordinal);
        foreach (LibraryIdentity library in _libraries.Values)
        {
            _digests.Add(library.Name, library.Digest);
        }
    }

    /// <summary>The libraries, in ordinal order of their names.</summary>
    public IReadOnlyCollection<LibraryIdentity> Libraries => _libraries.Values;

    /// <summary>Reads the compiled project libraries of a folder and the lock files of their packages.</summary>
    /// <param name="binFolder">A folder with every <c>NaturalThoughts.*.dll</c>, such as the host's output.</param>
    /// <param name="sourceRoot">The folder under which each library's project file has its packages.lock.json beside it.</param>
    public static CodeIdentity Compute(string binFolder, string sourceRoot) => IdentityBuilder.Build(binFolder, sourceRoot);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="UserErrorException">The file is missing or not one of these.</exception>
    public static CodeIdentity Load(string path)
    {
        try
        {
            JsonObject libraries = JsonNode.Parse(File.ReadAllBytes(path))!["libraries"]!.AsObject();
            return new CodeIdentity(libraries.Select(library => LibraryIdentity.FromJson(library.Value!.AsObject())));
        }
        catch (Exception e) when (e is IOException or JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new UserErrorException($"The code identity '{path}' cannot be read: {e.Message}", null, "Build again.");
        }
    }

    /// <summary>Writes identity.json, by rename; the same code gives the same bytes.</summary>
    public void Save(string path)
    {
        JsonObject json = new()
        {
            ["libraries"] = new JsonObject(_libraries.Select(library => KeyValuePair.Create<string, JsonNode?>(library.Key, library.Value.ToJson()))),
        };
        File.WriteAllText(path + ".part", CanonicalJson.WriteIndented(json));
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>The identity of a library by its assembly's name; null where there is none.</summary>
    public LibraryIdentity? Find(string library) => _libraries.GetValueOrDefault(library);

    /// <summary>The code digest of the library that a stage's class lives in.</summary>
    /// <exception cref="InvalidOperationException">The library is not in the identity.</exception>
    public ContentHash DigestOf(IStage stage) => DigestOf(stage.GetType().Assembly.GetName().Name!);

    /// <summary>The code digest of a library.</summary>
    /// <exception cref="InvalidOperationException">The library is not in the identity.</exception>
    public ContentHash DigestOf(string library) =>
        _digests.TryGetValue(library, out ContentHash digest)
            ? digest
            : throw new InvalidOperationException($"identity.json does not know the library '{library}'.");
}
