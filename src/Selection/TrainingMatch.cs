using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>Finds the size at which a method's training costs as much as another one's.</summary>
internal sealed class TrainingMatch
{
    // Sizes that are looked at on each side of where the bisection ends.
    private const int Around = 16;

    private readonly MatchOptions _options;
    private readonly Mix _mix;
    private readonly Mix _withMix;
    private readonly Dictionary<string, ExampleLength> _lengths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _agreed;
    private readonly string _path;

    /// <param name="options">Valid options.</param>
    /// <param name="path">The file of lengths.</param>
    /// <param name="pool">The whole pool, with judgements where a mix needs them.</param>
    public TrainingMatch(MatchOptions options, string path, CandidatePool pool)
    {
        (_options, _path) = (options, path);
        (_mix, _withMix) = (Mix.Parse(options.Mix), Mix.Parse(options.WithMix ?? options.Mix));
        _agreed = [.. pool.Candidates.Where(candidate => candidate.Signals.Agree is true).Select(candidate => candidate.Id)];
        foreach (ExampleLength row in JsonLines.Stream<ExampleLength>(path))
        {
            if (!_lengths.TryAdd(row.QuestionId, row))
            {
                throw new UserErrorException($"The question '{Quoted.Of(row.QuestionId)}' stands twice.", path, "Each question has one row.");
            }
        }
    }

    /// <summary>
    /// The selection whose cost is closest to <paramref name="with"/>'s; of those with as many steps that with the closest tokens, and the smaller one of two
    /// that are equally close. Bisects over sizes, as if the cost grew with them, and then looks at those around: steps may fall by one where an example more
    /// fills its batch better, and so may the tokens of a method that spreads its size over groups.
    /// </summary>
    /// <param name="select">The method's selection of a size; throws a user error where it cannot give so many.</param>
    /// <param name="start">Where the search begins.</param>
    /// <param name="most">The largest size.</param>
    /// <param name="with">The other selection.</param>
    /// <exception cref="UserErrorException">All that the method can give is too little.</exception>
    public (IReadOnlyList<string> Selected, TrainingCost Cost) Find(Func<int, IReadOnlyList<string>> select, int start, int most, IReadOnlyList<string> with)
    {
        (long Tokens, int Steps) target = CostOf(with, _withMix);
        (int low, int high) = (0, Math.Min(start, most));
        while (high < most && Try(high) is { } reached && Fits(reached))
        {
            (low, high) = (high, (int)Math.Min(most, high * 2L));
        }

        // Below: sizes at 'low' cost at most what is wanted, sizes at 'high' more, or the method cannot give them.
        high = Try(high) is { } last && Fits(last) ? high + 1 : high;
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = Try(middle) is { } selected && Fits(selected) ? (middle, high) : (low, middle);
        }

        IReadOnlyList<string>? below = low == 0 ? null : select(low);
        if ((high > most || Try(high) is null) && below is not null && Amount(CostOf(below, _mix)) < Amount(target))
        {
            throw new UserErrorException(
                FormattableString.Invariant($"The selection cannot be matched in {_options.By}: all {low} questions that the method can give make {Amount(CostOf(below, _mix))} of {Amount(target)}."),
                "match",
                "Select fewer, match the other way round, or enlarge the pool.");
        }

        IReadOnlyList<string> best = Enumerable.Range(Math.Max(1, low - Around), (2 * Around) + 1)
            .TakeWhile(size => size <= most)
            .Select(Try)
            .OfType<IReadOnlyList<string>>()
            .MinBy(Distance)!;
        (long Tokens, int Steps) own = CostOf(best, _mix);
        return (best, new TrainingCost(_options.By, best.Count, own.Tokens, own.Steps, _options.With.Method, with.Count, target.Tokens, target.Steps)
        {
            Mix = _mix == _withMix ? null : _mix.Name,
            WithMix = _mix == _withMix ? null : _withMix.Name,
        });

        bool Fits(IReadOnlyList<string> selected)
        {
            (long Tokens, int Steps) cost = CostOf(selected, _mix);
            return (Amount(cost), cost.Tokens).CompareTo((Amount(target), target.Tokens)) <= 0;
        }

        (long Amount, long Tokens) Distance(IReadOnlyList<string> selected)
        {
            (long Tokens, int Steps) cost = CostOf(selected, _mix);
            return (Math.Abs(Amount(cost) - Amount(target)), Math.Abs(cost.Tokens - target.Tokens));
        }

        IReadOnlyList<string>? Try(int size)
        {
            try
            {
                return select(size);
            }
            catch (UserErrorException) when (size > 1)
            {
                return null;
            }
        }
    }

    private long Amount((long Tokens, int Steps) cost) => _options.By == MatchOptions.Steps ? cost.Steps : cost.Tokens;

    // Examples are composed as the training will find them: the same draws say which are System 2 and which have no instruction.
    private (long Tokens, int Steps) CostOf(IReadOnlyList<string> selected, Mix mix)
    {
        bool[] thinks = ExampleKinds.System2(mix, _options.TrainingSeed, selected, place => _agreed.Contains(selected[place]));
        bool[] bare = ExampleKinds.WithoutInstruction(_options.InstructionDropout, _options.TrainingSeed, selected);
        SizedRow[] all = [.. selected.Select((id, place) => new SizedRow(id, LengthOf(id, thinks[place], bare[place]))).Where(row => row.Tokens > 0)];
        IReadOnlySet<string> heldOut = HeldOutDraw.Of(all.Select(row => row.Id), _options.HeldOut, _options.TrainingSeed);
        SizedRow[] rows = [.. all.Where(row => !heldOut.Contains(row.Id))];
        long tokens = rows.Sum(row => (long)row.Tokens) * _options.Epochs;
        return (tokens, Enumerable.Range(0, _options.Epochs)
            .Sum(epoch => TrainingBatches.Epoch(rows, _options.BatchTokens, _options.TrainingSeed, epoch).Count));
    }

    private int LengthOf(string id, bool thinks, bool bare) => _lengths.TryGetValue(id, out ExampleLength? row)
        ? (bare ? (thinks ? row.System2Bare : row.System1Bare) ?? throw NoBare(id) : thinks ? row.System2 : row.System1)
        : throw new UserErrorException($"The question '{Quoted.Of(id)}' has no row in this file.", _path, "Both files must come from the same pool.");

    private UserErrorException NoBare(string id) => new(
        $"The question '{Quoted.Of(id)}' has no length without an instruction in this file.", _path, "Measure the examples with the prompt 'adaptive'.");
}
