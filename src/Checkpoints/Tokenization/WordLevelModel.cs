using System.Text;
using NaturalThoughts.Records;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>The mini world's model: a piece of <see cref="WordSplitter"/> is a token or unknown.</summary>
internal sealed class WordLevelModel : ITextModel
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly int _unknown;

    public WordLevelModel(Dictionary<string, int> vocabulary, string unknown)
    {
        _vocabulary = vocabulary;
        _bySpan = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = vocabulary[unknown];
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public int? UnknownId => _unknown;

    public ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) => text;

    public byte[] Bytes(string token) => Encoding.UTF8.GetBytes(token);

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        while (text.Length > 0)
        {
            int length = WordSplitter.NextLength(text);
            ids.Add(_bySpan.TryGetValue(text[..length], out int id) ? id : _unknown);
            text = text[length..];
        }
    }
}
