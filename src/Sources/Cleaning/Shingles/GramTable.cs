using System.Runtime.InteropServices;

namespace NaturalThoughts.Sources.Cleaning.Shingles;

/// <summary>
/// Grams and the one or two questions that each is in. A gram of more questions is a phrase ("which of the following statements about")
/// and is left out. Safe to read from many threads once it is complete.
/// </summary>
internal sealed class GramTable
{
    private const int None = -1;
    private const int Many = -2;

    private readonly Dictionary<ulong, (int First, int Second)> _questions = [];
    private readonly GramFilter _filter = new();
    private readonly List<int> _counts = [];

    /// <summary>Adds the grams of the next question, each once.</summary>
    public void Add(IReadOnlySet<ulong> grams)
    {
        int question = _counts.Count;
        _counts.Add(0);
        foreach (ulong gram in grams)
        {
            ref (int First, int Second) at = ref CollectionsMarshal.GetValueRefOrAddDefault(_questions, gram, out bool known);
            at = !known ? (question, None) : at.Second == None ? (at.First, question) : (at.First, Many);
        }
    }

    /// <summary>Completes the table; call it after the last <see cref="Add"/>.</summary>
    public void Complete()
    {
        foreach ((ulong gram, (int first, int second)) in _questions)
        {
            if (second != Many)
            {
                _filter.Add(gram);
                _counts[first]++;
                if (second >= 0)
                {
                    _counts[second]++;
                }
            }
        }
    }

    /// <summary>The first question with a gram; -1 for none.</summary>
    public int First(ulong gram) =>
        _filter.MayHave(gram) && _questions.TryGetValue(gram, out (int First, int Second) at) && at.Second != Many ? at.First : None;

    /// <summary>The question that shares the largest part of its grams with a set, and that part; null where none shares enough.</summary>
    /// <param name="words">The words whose grams are looked up.</param>
    /// <param name="length">Words of a gram.</param>
    /// <param name="coverage">The least share.</param>
    /// <param name="few">A question must share this many grams, or all where it has fewer.</param>
    public (int Question, double Share)? Best(ReadOnlySpan<ulong> words, int length, double coverage, int few)
    {
        Dictionary<int, HashSet<ulong>>? shared = null;
        Grams.ForEach(words, length, gram =>
        {
            if (First(gram) is int first and >= 0)
            {
                shared ??= [];
                (CollectionsMarshal.GetValueRefOrAddDefault(shared, first, out _) ??= []).Add(gram);
                if (_questions[gram].Second is int second and >= 0)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(shared, second, out _) ??= []).Add(gram);
                }
            }
        });
        (int Question, double Share)? best = null;
        foreach ((int question, HashSet<ulong> grams) in shared ?? [])
        {
            int count = _counts[question];
            double share = (double)grams.Count / count;
            bool enough = grams.Count >= Math.Max(Math.Ceiling(coverage * count), Math.Min(count, few));
            if (enough && (best is null || share > best.Value.Share || (share == best.Value.Share && question < best.Value.Question)))
            {
                best = (question, share);
            }
        }

        return best;
    }
}
