using System.Buffers;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>Finds added tokens in text: the leftmost, and the longest of those that begin there, as the reference does.</summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _any;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length).ThenBy(token => token.Content, StringComparer.Ordinal)];
        _any = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>True when one of them is special.</summary>
    public bool AnySpecial => Array.Exists(_longestFirst, token => token.Special);

    /// <summary>
    /// The first match and where it ends, or null. A special token that is not asked for stays text, but what it covers is not searched
    /// for other tokens.
    /// </summary>
    public (int At, int End, AddedToken Token)? Next(ReadOnlySpan<char> text, bool parseSpecial)
    {
        int start = 0;
        while (_longestFirst.Length > 0 && text[start..].IndexOfAny(_any) is var offset and >= 0)
        {
            int at = start + offset;
            AddedToken token = At(text[at..]);
            start = at + token.Content.Length;
            if (parseSpecial || !token.Special)
            {
                return (at, start, token);
            }
        }

        return null;
    }

    private AddedToken At(ReadOnlySpan<char> text)
    {
        foreach (AddedToken token in _longestFirst)
        {
            if (text.StartsWith(token.Content, StringComparison.Ordinal))
            {
                return token;
            }
        }

        throw new InvalidOperationException("The search found a token that is not in the list.");
    }
}
