namespace NaturalThoughts.Selection;

/// <summary>Keeps one copy of each text and of each list of texts: domains and strategies of millions of rows are few.</summary>
internal sealed class SharedTexts
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

    /// <summary>The copy of a text that is kept.</summary>
    public string Of(string text)
    {
        if (!_texts.TryGetValue(text, out string? kept))
        {
            _texts.Add(text, kept = text);
        }

        return kept;
    }

    /// <summary>The copy of a list that is kept.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> texts)
    {
        string key = string.Join('\0', texts);
        if (!_lists.TryGetValue(key, out IReadOnlyList<string>? kept))
        {
            _lists.Add(key, kept = [.. texts.Select(Of)]);
        }

        return kept;
    }
}
