using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;
using NaturalThoughts.Sources.Recorded;

namespace NaturalThoughts.Sources.Runs;

/// <summary>Puts the rows of a file about one benchmark together: questions, each with its repeats, each with its metrics.</summary>
/// <param name="task">The benchmark.</param>
/// <param name="file">The file.</param>
internal sealed class RunAssembly(string task, RunFile file)
{
    private readonly Dictionary<string, Asked> _byKey = new(StringComparer.Ordinal);
    private readonly List<Asked> _order = [];
    private readonly List<string> _metrics = [];
    private bool _numbered;

    public string Task => task;

    public RunFile File => file;

    /// <exception cref="RefusedRowException">The answer is there already, or the id stands for another text.</exception>
    public void Add(RunSample sample)
    {
        string key = sample.Id ?? "text:" + sample.TextKey;
        if (!_byKey.TryGetValue(key, out Asked? question))
        {
            _byKey[key] = question = new Asked(sample.Id, sample.TextKey, sample.Text, sample.Reference);
            _order.Add(question);
        }
        else if (QuestionText.AreComparable(sample.TextKey, question.TextKey) && sample.TextKey != question.TextKey)
        {
            throw new RefusedRowException(
                "otherText",
                $"The id '{Quoted.Of(sample.Id)}' belongs to two texts, so it does not identify a question.",
                "Name another field for the id in --map, or the text alone.");
        }

        (int Metric, double Score)[] scores = [.. sample.Scores.Select(score => (Index(score.Metric), score.Score))];
        _numbered |= sample.Repeat is not null;
        Given given = Place(question, sample, scores, key);
        given.Scores.AddRange(scores);
        given.Tokens ??= sample.Tokens;
        given.Answer ??= sample.Answer;
    }

    /// <summary>The task of one or more files: parts of a whole, or repeats, a file each, whose own repeats are averaged.</summary>
    public static RunTask Join(IReadOnlyList<RunAssembly> parts)
    {
        bool areParts = parts[0].File.Format == RecordedFormats.MmluPro;
        List<string> notes = [.. parts.Select(part => part.File.Note).OfType<string>()];
        if (parts.Count > 1 && !areParts)
        {
            notes.Add(FormattableString.Invariant($"{parts.Count} files are taken as repeats, in this order: {Quoted.List(Names(parts))}."));
        }

        string[] metrics = [.. RunScores.Ordered(parts.SelectMany(part => part._metrics).Distinct())];
        Dictionary<string, RunQuestion> questions = new(StringComparer.Ordinal);
        List<string> order = [];
        foreach (RunAssembly part in parts)
        {
            int[] places = [.. part._metrics.Select(metric => Array.IndexOf(metrics, metric))];
            foreach (Asked question in part.Questions(notes))
            {
                RunAnswer[] answers = [.. question.Answers.OrderBy(answer => answer.Repeat).Select(answer => answer.ToAnswer(places, metrics.Length))];
                RunAnswer[] column = parts.Count == 1 || areParts ? answers : [RunAnswer.Mean(answers)];
                if (questions.TryGetValue(question.Key, out RunQuestion? known))
                {
                    questions[question.Key] = known with { Answers = [.. known.Answers, .. column] };
                }
                else
                {
                    questions[question.Key] = new RunQuestion(question.Id, question.TextKey, question.Text, column) { Reference = question.Reference };
                    order.Add(question.Key);
                }
            }
        }

        return new RunTask(parts[0].Task, metrics, [.. order.Select(key => questions[key])])
        {
            Repeats = Usual(questions.Values.Select(question => question.Answers.Count)),
            RepeatsAreRuns = parts.Count > 1 && parts[0].File.Format is not (RecordedFormats.MmluPro or RecordedFormats.NemoSkills),
            IsConfidential = parts.Any(part => IsConfidential(part.Task) || IsConfidential(part.File.Source.Name)),
            Notes = notes,
        };
    }

    /// <summary>True where two files answer the same question.</summary>
    public bool Overlaps(RunAssembly other) => _byKey.Keys.Any(other._byKey.ContainsKey);

    private static string[] Names(IReadOnlyList<RunAssembly> parts)
    {
        string[] names = [.. parts.Select(part => Path.GetFileName(part.File.Source.Path))];
        return names.Distinct().Count() == names.Length ? names : [.. parts.Select(part => part.File.Source.Name)];
    }

    // Its authors ask that its text be nowhere in the open.
    private static bool IsConfidential(string name) => name.Contains("gpqa", StringComparison.OrdinalIgnoreCase);

    private static int Usual(IEnumerable<int> counts) =>
        counts.GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;

    private int Index(string metric)
    {
        int at = _metrics.IndexOf(metric);
        if (at < 0)
        {
            at = _metrics.Count;
            _metrics.Add(metric);
        }

        return at;
    }

    private Given Place(Asked question, RunSample sample, (int Metric, double Score)[] scores, string key)
    {
        if (sample.Repeat is { } repeat)
        {
            return question.Answers.Exists(answer => answer.Repeat == repeat)
                ? throw new RefusedRowException(
                    "duplicate",
                    FormattableString.Invariant($"The question '{Quoted.Of(key)}' has an answer of repeat {repeat} already."),
                    "Name the files of one run.")
                : question.New(repeat);
        }

        // lm-eval has a row for each filter of an answer. Beside that, repeats count in the order of the rows.
        return (file.Format == RecordedFormats.LmEval ? question.Answers.Find(answer => scores.All(score => !answer.Has(score.Metric))) : null)
            ?? question.New(question.Answers.Count + 1);
    }

    private List<Asked> Questions(List<string> notes)
    {
        int usual = Usual(_order.Select(question => question.Answers.Count));
        int others = _order.Count(question => question.Answers.Count != usual);
        if (_numbered || (usual == 1 && others == 0))
        {
            return _order;
        }

        if (others == 0)
        {
            notes.Add(FormattableString.Invariant($"Each question has {usual} rows in {file.Source.Name}: they are taken as repeats, in their order."));
        }
        else if (usual == 1 && _order.TrueForAll(question => question.Id is null))
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{others} texts appear more than once in {file.Source.Name}, which has no ids: each is a question of its own, "
                    + $"the second compared with the second."));
            return [.. _order.SelectMany(question => question.Answers.Select((answer, i) => question.Alone(answer, i + 1)))];
        }

        return _order;
    }

    private sealed class Given(int repeat)
    {
        public int Repeat => repeat;

        public List<(int Metric, double Score)> Scores { get; } = new(1);

        public double? Tokens { get; set; }

        public string? Answer { get; set; }

        public bool Has(int metric) => Scores.Exists(score => score.Metric == metric);

        public RunAnswer ToAnswer(int[] places, int metrics)
        {
            double[] scores = new double[metrics];
            Array.Fill(scores, double.NaN);
            foreach ((int metric, double score) in Scores)
            {
                scores[places[metric]] = score;
            }

            return new RunAnswer(scores, Tokens, Answer);
        }
    }

    private sealed class Asked(string? id, string? textKey, string? text, string? reference)
    {
        public string? Id => id;

        public string? TextKey => textKey;

        public string? Text => text;

        public string? Reference => reference;

        public string Key => id ?? "text:" + textKey;

        public List<Given> Answers { get; } = new(1);

        public Given New(int repeat)
        {
            Given given = new(repeat);
            Answers.Add(given);
            return given;
        }

        public Asked Alone(Given answer, int occurrence)
        {
            Asked alone = new(null, occurrence == 1 ? textKey : FormattableString.Invariant($"{textKey}#{occurrence}"), text, reference);
            alone.Answers.Add(answer);
            return alone;
        }
    }
}
