using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Tests.Weights;

public class SafetensorsFileTests
{
    public static TheoryData<string, bool> Verdicts()
    {
        TheoryData<string, bool> data = [];
        foreach (JsonNode? verdict in JsonNode.Parse(File.ReadAllText(Fixture.Path("safetensors", "verdicts.json")))!.AsArray())
        {
            data.Add(verdict!["file"]!.GetValue<string>(), verdict["reference"]!.GetValue<string>() == "reads");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Should_AgreeWithReference_When_FileIsOpened(string name, bool reads)
    {
        string path = Fixture.Path("safetensors", name);
        if (reads)
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            Assert.NotEmpty(file.Tensors);
            ReadAll(file);
        }
        else
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => SafetensorsFile.Open(path));
            Assert.Equal(path, error.Errors[0].Location);
        }
    }

    [Fact]
    public void Should_CoverEveryFixture_When_VerdictsAreListed() =>
        Assert.Equal(Directory.GetFiles(Fixture.Path("safetensors"), "*.safetensors").Length, Verdicts().Count);

    [Fact]
    public void Should_ReadValues_When_FileHasMetadata()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied", "model.safetensors"));

        Assert.Equal("pt", file.Metadata["format"]);
        TensorEntry entry = file.Tensors["model.layers.0.mlp.down_proj.weight"];
        Assert.Equal([32L, 88L], entry.Shape);
        Assert.Equal(TensorType.F32, entry.Type);
        float[] all = file.ReadFloat32("model.layers.0.mlp.down_proj.weight");
        float[] part = new float[5];
        file.ReadFloat32("model.layers.0.mlp.down_proj.weight", 88, part);
        Assert.Equal(all[88..93], part);
        Assert.All(file.ReadFloat32("model.norm.weight"), value => Assert.InRange(value, -10f, 10f));
    }

    [Fact]
    public void Should_WidenBrainFloats_When_TensorIsBf16()
    {
        // Given the same weights in float32, and rounded to bfloat16 (relative error at most 2^-8).
        using SafetensorsFile full = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied", "model.safetensors"));
        using SafetensorsFile brain = SafetensorsFile.Open(Fixture.Path("models", "llama-gqa-untied-bf16-sharded", "model-00001-of-00003.safetensors"));

        float[] expected = full.ReadFloat32("model.embed_tokens.weight");
        float[] actual = brain.ReadFloat32("model.embed_tokens.weight");

        Assert.Equal(TensorType.BF16, brain.Tensors["model.embed_tokens.weight"].Type);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Math.Abs(expected[i]) / 256, $"element {i}: {expected[i]} and {actual[i]}");
        }
    }

    [Fact]
    public void Should_WidenHalves_When_TensorIsF16()
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "half.safetensors");
        Half[] values = [(Half)1.5, (Half)(-0.25), Half.Epsilon, Half.PositiveInfinity];
        SafetensorsWriter.Write(
            path, [new TensorData("h", TensorType.F16, [4], stream => stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())))]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal([1.5f, -0.25f, 5.9604645e-8f, float.PositiveInfinity], file.ReadFloat32("h"));
    }

    [Fact]
    public void Should_RefuseByName_When_TensorIsMissingOrNoFloat()
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "ints.safetensors");
        SafetensorsWriter.Write(path, [new TensorData("ids", TensorType.I64, [1], stream => stream.Write(new byte[8]))]);
        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Contains("'nothing'", Assert.Throws<UserErrorException>(() => file.ReadFloat32("nothing")).Message, StringComparison.Ordinal);
        Assert.Contains("I64", Assert.Throws<UserErrorException>(() => file.ReadFloat32("ids")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(5, 4)]
    [InlineData(-1, 1)]
    [InlineData(9, 0)]
    public void Should_NotReadTheNeighbour_When_RangeLeavesTheTensor(long start, int count)
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "two.safetensors");
        SafetensorsWriter.Write(path, [TensorData.Float32("a", [2], new float[2]), TensorData.Float32("b", [64], new float[64])]);
        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadBytes("a", start, new byte[count]));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Expect("a", start, count));
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-0],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"shape\":[0]}}")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"\\ud800\",\"shape\":[0],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1e0],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[18446744073709551616],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":null}")]
    [InlineData("null")]
    public void Should_Refuse_When_HeaderIsHostile(string header)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        Assert.Throws<UserErrorException>(() => SafetensorsHeader.Parse(json, 0, "file"));
    }

    [Theory]
    [InlineData("{\"__metadata__\":null}", 0)]
    [InlineData("{\"__metadata__\":null,\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"more\":[{}]}}", 1)]
    public void Should_ReadAsTheReference_When_MetadataIsNull(string header, int tensors)
    {
        // The reference's field is an Option<HashMap<String, String>>, for which null is none.
        SafetensorsHeader read = SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(header), 0, "file");
        Assert.Empty(read.Metadata);
        Assert.Equal(tensors, read.Tensors.Count);
    }

    [Theory]
    [InlineData("{\"__metadata__\":{\"a\":null}}")]
    [InlineData("{\"__metadata__\":[]}")]
    [InlineData("{\"__metadata__\":null,\"__metadata__\":null}")]
    [InlineData("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")]
    public void Should_Refuse_When_MetadataIsNoMapOfStringsOrAKeyRepeats(string header) =>
        Assert.Throws<UserErrorException>(() => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(header), 0, "file"));

    [Theory]
    [InlineData("name", "{\"", "n", "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")]
    [InlineData("shape", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[0", ",0", "]}}")]
    [InlineData("neither a number", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[1", "1", "]}}")]
    [InlineData("dtype", "{\"a\":{\"shape\":[0],\"data_offsets\":[0,0],\"dtype\":\"F", "3", "\"}}")]
    [InlineData("not an object", "{\"a\":\"", "x", "\"}")]
    [InlineData("not valid JSON", "{\"a\":tr", "u", "}")]
    [InlineData("metadata", "{\"__metadata__\":{\"a\":\"", "x", "\"}}")]
    [InlineData("name", "{\"__metadata__\":{\"", "x", "\":\"\"}}")]
    [InlineData("tensors", "{\"a\":{}", ",\"a\":{}", "}")]
    public void Should_RefuseInLittleMemory_When_AHeaderHas99Megabytes(string named, string before, string repeated, string after)
    {
        using Fixture temporary = new();
        string path = Path.Combine(temporary.Folder, "large.safetensors");
        using (FileStream stream = new(path, FileMode.Create))
        {
            byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 1000)));
            int pieces = 99_000_000 / piece.Length;
            byte[] length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, before.Length + ((long)pieces * piece.Length) + after.Length);
            stream.Write(length);
            stream.Write(Encoding.ASCII.GetBytes(before));
            for (int i = 0; i < pieces; i++)
            {
                stream.Write(piece);
            }

            stream.Write(Encoding.ASCII.GetBytes(after));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        UserErrorException error = Assert.Throws<UserErrorException>(() => SafetensorsFile.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1 << 20);
        Assert.InRange(error.Message.Length, 1, 2000);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Errors[0].Location);
    }

    [Fact]
    public void Should_ReadOrRefuse_When_FilesAreMutatedAtRandom()
    {
        // Given 10,000 mutants of good files: flipped bits, digits in the place of others, cut or longer files, other header lengths.
        using Fixture temporary = new();
        byte[][] seeds = [.. Directory.GetFiles(Fixture.Path("safetensors"), "good-*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        SeededRandom random = SeededRandom.From("safetensors mutants", "1");
        string path = Path.Combine(temporary.Folder, "mutant.safetensors");
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            File.WriteAllBytes(path, Mutate(seeds[random.Next(seeds.Length)], random));
            try
            {
                // When
                using SafetensorsFile file = SafetensorsFile.Open(path);
                ReadAll(file);
            }
            catch (UserErrorException)
            {
                // Then: any other exception fails the test, a read outside of the map would end the process.
                refused++;
            }
        }

        Assert.InRange(refused, 5_000, 9_900);
    }

    private static byte[] Mutate(byte[] seed, SeededRandom random)
    {
        List<byte> bytes = [.. seed];
        for (int k = random.Between(1, 3); k > 0 && bytes.Count > 8; k--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Between(1, Math.Min(8, bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Range(0, random.Between(1, 8)).Select(_ => (byte)random.Next(256)));
                    break;
                case 4:
                    byte[] length = new byte[8];
                    BinaryPrimitives.WriteUInt64LittleEndian(length, random.NextUInt64() >> random.Next(64));
                    length.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
                    break;
                default:
                    // One of the header's digits, quotes and brackets becomes another one.
                    int[] marks = [.. Enumerable.Range(8, bytes.Count - 8).Where(i => "0123456789[]{}\",:-".Contains((char)bytes[i]))];
                    if (marks.Length > 0)
                    {
                        bytes[random.Pick(marks)] = (byte)"0123456789[]{}\",:-"[random.Next(18)];
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    private static void ReadAll(SafetensorsFile file)
    {
        foreach ((string name, TensorEntry entry) in file.Tensors)
        {
            byte[] bytes = new byte[entry.ByteCount];
            file.ReadBytes(name, 0, bytes);
            if (entry.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16)
            {
                Assert.Equal(entry.Count, file.ReadFloat32(name).Length);
            }
        }
    }
}
