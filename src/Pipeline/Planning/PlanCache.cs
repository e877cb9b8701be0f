using System.Security.Cryptography;
using System.Text;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>
/// Complete plans by the digest of what they were made from. A run that finds its plan here, and its final outputs in the store, has
/// nothing to do: no YAML is parsed, no key computed, no record read, and the store is not even opened.
/// </summary>
public static class PlanCache
{
    private const int Version = 1;
    private const int Kept = 32;

    /// <summary>
    /// The plan, when it is known, every output of its requested targets is in the store with the right size, and no other process works
    /// there or was killed there; else null: whoever opens the store cleans up. Damaged plans are unknown. The caller compares the published results, or
    /// restores them by <see cref="ObjectStore.Restore"/>.
    /// </summary>
    /// <param name="storeRoot">The store's folder.</param>
    /// <param name="digest">What the plan is made from.</param>
    public static CachedPlan? Find(string storeRoot, ContentHash digest)
    {
        string path = Path.Combine(storeRoot, ObjectStore.Plans, digest.Hex);
        if (!File.Exists(path) || !IsQuiet(storeRoot, "tmp") || !IsQuiet(storeRoot, "locks"))
        {
            return null;
        }

        CachedPlan? plan = Read(File.ReadAllBytes(path));
        HashSet<string> requested = new(plan?.Requested ?? [], StringComparer.Ordinal);
        if (plan?.Targets.Where(target => requested.Contains(target.Address)).SelectMany(target => target.Outputs)
            .All(output => Exists(storeRoot, output.Value)) != true)
        {
            return null;
        }

        MarkUsed(path);
        return plan;
    }

    /// <summary>All plans of a store, the last used first; null for a damaged one.</summary>
    internal static IReadOnlyList<(string Path, CachedPlan? Plan)> ReadAll(string storeRoot)
    {
        DirectoryInfo folder = new(Path.Combine(storeRoot, ObjectStore.Plans));
        return folder.Exists
            ? [.. folder.EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => (file.FullName, Read(File.ReadAllBytes(file.FullName))))]
            : [];
    }

    /// <summary>Keeps a plan, by rename, and forgets the oldest when there are many.</summary>
    public static void Keep(ObjectStore store, ContentHash digest, CachedPlan plan) => store.KeepPlan(digest, Write(plan), Kept);

    private static byte[] Write(CachedPlan plan)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write(plan.Requested.Count);
            foreach (string address in plan.Requested)
            {
                writer.Write(address);
            }

            writer.Write(plan.Targets.Count);
            foreach (CachedTarget target in plan.Targets)
            {
                writer.Write(target.Address);
                writer.Write(target.StageName);
                writer.Write(Convert.FromHexString(target.Key.Hex));
                writer.Write(target.Duration.Ticks);
                writer.Write(target.Outputs.Count);
                foreach ((string name, OutputFile output) in target.Outputs)
                {
                    writer.Write(name);
                    writer.Write(Convert.FromHexString(output.Digest.Hex));
                    writer.Write(output.Size);
                }
            }
        }

        stream.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    private static CachedPlan? Read(byte[] bytes)
    {
        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < 0 || !SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)))
        {
            return null;
        }

        using BinaryReader reader = new(new MemoryStream(bytes, 0, body), Encoding.UTF8);
        if (reader.ReadInt32() != Version)
        {
            return null;
        }

        string[] requested = new string[reader.ReadInt32()];
        for (int i = 0; i < requested.Length; i++)
        {
            requested[i] = reader.ReadString();
        }

        CachedTarget[] targets = new CachedTarget[reader.ReadInt32()];
        for (int i = 0; i < targets.Length; i++)
        {
            (string address, string stage, ContentHash key, TimeSpan duration) =
                (reader.ReadString(), reader.ReadString(), Hash(reader), new TimeSpan(reader.ReadInt64()));
            KeyValuePair<string, OutputFile>[] outputs = new KeyValuePair<string, OutputFile>[reader.ReadInt32()];
            for (int k = 0; k < outputs.Length; k++)
            {
                outputs[k] = new(reader.ReadString(), new OutputFile(Hash(reader), reader.ReadInt64()));
            }

            targets[i] = new CachedTarget(address, stage, key, duration, outputs);
        }

        return new CachedPlan(requested, targets);
    }

    /// <summary>The time of a plan's file tells which plans were used last: those stay.</summary>
    private static void MarkUsed(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A store that cannot be written is never collected either.
        }
    }

    private static ContentHash Hash(BinaryReader reader) => ContentHash.Parse(Convert.ToHexStringLower(reader.ReadBytes(SHA256.HashSizeInBytes)));

    private static bool IsQuiet(string storeRoot, string folder)
    {
        string path = Path.Combine(storeRoot, folder);
        return !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any();
    }

    private static bool Exists(string storeRoot, OutputFile file)
    {
        FileInfo info = new(ObjectStore.ObjectPath(storeRoot, file.Digest));
        return info.Exists && info.Length == file.Size;
    }
}
