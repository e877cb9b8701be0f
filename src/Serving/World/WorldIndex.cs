using NaturalThoughts.MiniWorld.Generation;

namespace NaturalThoughts.Serving.World;

/// <summary>Finds the world's question that a prompt asks, by its text.</summary>
internal sealed class WorldIndex
{
    private readonly int _prefix;
    private readonly Dictionary<string, List<WorldItem>> _byPrefix = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<WorldItem>>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="items">The questions, at least one. Several may share a text: benchmarks ask it with options of their own.</param>
    public WorldIndex(IReadOnlyList<WorldItem> items)
    {
        _prefix = items.Min(item => item.Question.Text.Length);
        _lookup = _byPrefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (WorldItem item in items)
        {
            string prefix = item.Question.Text[.._prefix];
            if (!_byPrefix.TryGetValue(prefix, out List<WorldItem>? same))
            {
                _byPrefix[prefix] = same = [];
            }

            same.Add(item);
        }
    }

    /// <summary>
    /// The question and the options as they are shown. Of several texts in the prompt the longest one counts, of several questions with it the one with these
    /// options.
    /// </summary>
    /// <exception cref="RefusedRequestException">The prompt holds no question of this world.</exception>
    public AskedQuestion Find(ModelRequest request)
    {
        string prompt = request.FirstText ?? throw new RefusedRequestException("There is no message of a user.", "messages");
        (int at, int length) = (0, 0);
        List<WorldItem> found = [];
        for (int start = 0; start + _prefix <= prompt.Length; start++)
        {
            if (!_lookup.TryGetValue(prompt.AsSpan(start, _prefix), out List<WorldItem>? candidates))
            {
                continue;
            }

            foreach (WorldItem item in candidates.Where(item =>
                item.Question.Text.Length >= length && prompt.AsSpan(start).StartsWith(item.Question.Text, StringComparison.Ordinal)))
            {
                if (item.Question.Text.Length > length)
                {
                    (at, length) = (start, item.Question.Text.Length);
                    found.Clear();
                }

                if (start == at)
                {
                    found.Add(item);
                }
            }
        }

        if (found.Count == 0)
        {
            throw new RefusedRequestException("The prompt holds no question of this world.", "messages");
        }

        IReadOnlyList<string> options = ShownOptions.Read(prompt[(at + length)..]);
        WorldItem asked = found.FirstOrDefault(item => item.Question.Options.SequenceEqual(options))
            ?? found.FirstOrDefault(item => item.Question.Options.Order(StringComparer.Ordinal).SequenceEqual(options.Order(StringComparer.Ordinal)))
            ?? found[0];
        return new AskedQuestion(asked, options);
    }
}
