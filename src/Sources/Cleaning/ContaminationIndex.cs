using NaturalThoughts.Records;
using NaturalThoughts.Sources.Cleaning.Shingles;

namespace NaturalThoughts.Sources.Cleaning;

/// <summary>
/// Finds questions of benchmarks inside of texts: as the whole text, by 13-grams of the question or of an option, and by the share of a
/// question's 8-grams, with the numbers as they are and masked. Safe to read from many threads once it is complete.
/// </summary>
/// <param name="grams">False where only a whole text is looked for.</param>
/// <param name="coverage">The share of a question's 8-grams that makes a hit, in (0, 1].</param>
/// <param name="maskNumbers">True where a question with other numbers is a hit, too.</param>
internal sealed class ContaminationIndex(bool grams, double coverage, bool maskNumbers)
{
    private const int Long = 13;
    private const int Short = 8;
    private const int Few = 5;

    /// <summary>A masked gram with more numbers says too little: "what is the value of # # #".</summary>
    private const int MostNumbers = 3;

    private readonly List<string> _names = [];
    private readonly Dictionary<ulong, int> _whole = [];
    private readonly GramTable _long = new();
    private readonly GramTable _short = new();
    private readonly GramTable _masked = new();

    /// <summary>Number of different questions.</summary>
    public int Count => _names.Count;

    /// <summary>Adds the questions of a benchmark.</summary>
    public void Add(string benchmark, IEnumerable<Question> questions)
    {
        Words words = new();
        foreach (Question question in questions)
        {
            int number = _names.Count;
            words.Read(question.Text);
            ulong stem = Grams.Of(words.Plain);
            bool isPhrase = words.Plain.Length < Short && question.Options.Count > 0;
            HashSet<ulong> longGrams = [], shortGrams = [], maskedGrams = [];
            Grams.ForEach(words.Plain, Long, gram => longGrams.Add(gram));
            Grams.ForEach(words.Plain, Short, gram => shortGrams.Add(gram));
            Grams.ForEach(words.Masked, Short, Words.Number, MostNumbers, gram => maskedGrams.Add(gram));
            foreach (string option in question.Options)
            {
                words.Append(option);
            }

            // A question that several benchmarks have is one question: its grams must not pass for phrases.
            if (!_whole.TryAdd(Grams.Of(words.Plain), number))
            {
                continue;
            }

            // "What is true?" is no question without its options.
            if (!isPhrase)
            {
                _whole.TryAdd(stem, number);
            }

            foreach (string option in question.Options)
            {
                Grams.ForEach(words.Read(option).Plain, Long, gram => longGrams.Add(gram));
            }

            _names.Add($"{benchmark}/{question.Id}");
            if (!grams)
            {
                continue;
            }

            _long.Add(longGrams);
            _short.Add(shortGrams);
            _masked.Add(maskedGrams.Count >= Few ? maskedGrams : []);
        }
    }

    /// <summary>Completes the index; call it after the last <see cref="Add"/>.</summary>
    public void Complete()
    {
        foreach (GramTable table in new[] { _long, _short, _masked })
        {
            table.Complete();
        }
    }

    /// <summary>What a text holds; null for nothing.</summary>
    /// <param name="words">The text's words, options included.</param>
    /// <param name="stem">The number of words before the options.</param>
    public (string Reason, string Matched, double? Similarity)? Find(Words words, int stem)
    {
        if (_names.Count == 0 || words.Plain.IsEmpty)
        {
            return null;
        }

        if (_whole.TryGetValue(Grams.Of(words.Plain), out int whole) || _whole.TryGetValue(Grams.Of(words.Plain[..stem]), out whole))
        {
            return (DropReasons.BenchmarkExact, _names[whole], null);
        }

        int hit = int.MaxValue;
        Grams.ForEach(words.Plain, Long, gram => hit = _long.First(gram) is int question and >= 0 ? Math.Min(hit, question) : hit);
        if (hit < int.MaxValue)
        {
            return (DropReasons.Benchmark13Gram, _names[hit], null);
        }

        return _short.Best(words.Plain, Short, coverage, Few) is { } plain ? (DropReasons.Benchmark8Gram, _names[plain.Question], plain.Share)
            : maskNumbers && _masked.Best(words.Masked, Short, coverage, Few) is { } masked
            ? (DropReasons.BenchmarkNumbers, _names[masked.Question], masked.Share)
            : null;
    }
}
