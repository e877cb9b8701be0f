using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Data;

/// <summary>
/// Files outside of the store that a stage reads. Their digests are parameters of the stage, so that the key is that of the bytes wherever
/// they lie.
/// </summary>
/// <param name="Role">The role that the folder is bound to.</param>
/// <param name="Folder">The folder, as a whole path.</param>
/// <param name="Files">Name below the folder to the SHA-256 that the profile declares; null where it declares none.</param>
/// <param name="Key">The names in the parameters, from the outermost, below which the digests stand.</param>
public sealed record OutsideFiles(string Role, string Folder, IReadOnlyDictionary<string, string?> Files, IReadOnlyList<string> Key)
{
    /// <summary>
    /// The parameters with the digests. A file with a declared digest is not read for it, and need not be there where the store has what it
    /// gave: the stage holds the file to the declaration.
    /// </summary>
    /// <param name="parameters">The stage's other parameters; they are not changed.</param>
    /// <param name="digestOf">Path of a file to its digest.</param>
    public JsonObject AddTo(JsonObject parameters, Func<string, ContentHash> digestOf)
    {
        JsonObject whole = parameters.DeepClone().AsObject();
        JsonObject at = whole;
        foreach (string name in Key)
        {
            at = (JsonObject)(at[name] ??= new JsonObject());
        }

        foreach ((string name, string? declared) in Files)
        {
            at[name] = declared ?? digestOf(Path.Combine(Folder, name)).Hex;
        }

        return whole;
    }
}
