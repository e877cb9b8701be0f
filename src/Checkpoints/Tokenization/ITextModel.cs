namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>What turns text without added tokens into ids: a pre-tokenizer and a vocabulary. Immutable, or safe for concurrent use.</summary>
internal interface ITextModel
{
    /// <summary>The ids of tokens by their text, as the file spells them.</summary>
    IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <summary>The id of what the vocabulary lacks; null when there is no such text.</summary>
    int? UnknownId { get; }

    /// <summary>The text whose ids stand for <paramref name="text"/>: one that is read back from them.</summary>
    ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text);

    /// <summary>The bytes that a token decodes to, UTF-8 or a part of it.</summary>
    byte[] Bytes(string token);

    /// <summary>Appends the ids of a text that is normalised.</summary>
    void Encode(ReadOnlySpan<char> text, List<int> ids);
}
