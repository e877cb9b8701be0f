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

    /// <summary>The text in which tokens are looked for: the normalised one, in the vocabulary's spelling.</summary>
    /// <param name="text">Text without added tokens.</param>
    /// <param name="continues">True where text comes before it, and no added token between: then nothing is put before it.</param>
    ReadOnlySpan<char> Prepare(ReadOnlySpan<char> text, bool continues) => Normalize(text);

    /// <summary>True when decoding takes one blank from the beginning of a text, since encoding puts one there.</summary>
    bool TakesBlank => false;

    /// <summary>True for a token that stands for a byte. A run of them that is no UTF-8 decodes to U+FFFD for each byte, as in the reference.</summary>
    bool IsByte(string token) => false;

    /// <summary>The bytes that a token decodes to, UTF-8 or a part of it.</summary>
    byte[] Bytes(string token);

    /// <summary>Appends the ids of a text that is prepared.</summary>
    void Encode(ReadOnlySpan<char> text, List<int> ids);
}
