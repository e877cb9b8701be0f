using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Planning;

/// <summary>The digest of everything that a plan is made from: YAML files, prompts, identity.json, switches.</summary>
public sealed class PlanDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a part. The order of the parts counts.</summary>
    public PlanDigest Add(string name, ReadOnlySpan<byte> content)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Span<byte> lengths = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(lengths[4..], content.Length);
        _hash.AppendData(lengths);
        _hash.AppendData(text);
        _hash.AppendData(content);
        return this;
    }

    /// <summary>Adds a part that is a text.</summary>
    public PlanDigest Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    /// <summary>The digest of the parts so far.</summary>
    public ContentHash Digest() => ContentHash.Parse(Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <inheritdoc />
    public void Dispose() => _hash.Dispose();
}
