using System.Globalization;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Exporting;
using NaturalThoughts.Sources.Runs;

namespace NaturalThoughts.Build.Results;

/// <summary>The graded answers of one seed of a cell to one benchmark.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Protocol">The protocol of the table.</param>
/// <param name="Repeats">Per repeat the questions as they were asked, with their grades, in the order of the questions.</param>
internal sealed record CellAnswers(string Benchmark, int Seed, string Protocol, IReadOnlyList<IReadOnlyList<(Question Question, Grade Grade)>> Repeats)
{
    /// <summary>Other protocols that graded the same answers: name to the grades per repeat; only those that are in the store.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Grade>> Others { get; private init; } =
        new Dictionary<string, IReadOnlyDictionary<string, Grade>>();

    /// <summary>True where no text of it may leave the store.</summary>
    public bool IsConfidential { get; private init; }

    /// <summary>Digest of the grades that a lock holds; null where the run wrote none.</summary>
    public string? GradesDigest { get; private init; }

    private DateTimeOffset Graded { get; init; }

    private IReadOnlyList<(string, string)> Digests { get; init; } = [];

    /// <summary>The targets that a cell's answers are read from.</summary>
    public static IEnumerable<string> Targets(Session session, VerifySubject cell) =>
        cell.Grades(session).Values.SelectMany(target =>
            Files(session.Graph[target]).SelectMany(files => new[] { files.Questions.TargetAddress, files.Grades.TargetAddress }).Append(target)).Distinct();

    /// <summary>The targets that graded the same answers by other protocols.</summary>
    /// <param name="session">The session.</param>
    /// <param name="grades">The target of the table's protocol.</param>
    public static IEnumerable<string> OtherGrades(Session session, string grades) =>
        session.Graph.Order.Where(address => address.StartsWith(grades + "/", StringComparison.Ordinal) && session.Graph[address].StageName == GradeStage.Name);

    /// <summary>Whether the store, or the shared cache, has all that <see cref="ReadAsync"/> reads.</summary>
    public static async Task<bool> AreKnownAsync(Session session, VerifySubject cell, Func<string, RunRecord?> recordOf, CancellationToken cancellation)
    {
        foreach (TargetInput input in cell.Grades(session).Values.SelectMany(target => Files(session.Graph[target]))
            .SelectMany(files => new[] { files.Questions, files.Grades }))
        {
            if (recordOf(input.TargetAddress)?.Outputs.GetValueOrDefault(input.File!) is not { } file
                || await KnownRuns.PathOfAsync(session, file, cancellation) is null)
            {
                return false;
            }
        }

        return cell.Grades(session).Values.All(target => recordOf(target) is not null);
    }

    /// <summary>Reads a cell's answers, seed by seed and benchmark by benchmark.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="recordOf">Address to the record of its run; null where it is not known.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="UserErrorException">Something of it is not in the store.</exception>
    public static async Task<IReadOnlyList<CellAnswers>> ReadAsync(
        Session session, VerifySubject cell, Func<string, RunRecord?> recordOf, CancellationToken cancellation)
    {
        List<CellAnswers> all = [];
        foreach (((string benchmark, int seed), string target) in cell.Grades(session).OrderBy(entry => entry.Key.Seed))
        {
            List<IReadOnlyList<(Question, Grade)>> repeats = [];
            List<(string, string)> digests = [];
            foreach ((TargetInput questions, TargetInput grades) in Files(session.Graph[target]))
            {
                Dictionary<string, Grade> byId = QuestionRows.ById<Grade>(await PathOfAsync(grades), grade => grade.QuestionId);
                repeats.Add(
                    [.. QuestionRows.InOrder<Question>(await PathOfAsync(questions), question => question.Id).Where(question => byId.ContainsKey(question.Id))
                        .Select(question => (question, byId[question.Id]))]);
                digests.Add((
                    string.Create(CultureInfo.InvariantCulture, $"grades of repeat {repeats.Count}, sha256"),
                    recordOf(grades.TargetAddress)!.Outputs[grades.File!].Digest.Hex));
            }

            Dictionary<string, IReadOnlyDictionary<string, Grade>> others = new(StringComparer.Ordinal);
            foreach (string other in OtherGrades(session, target))
            {
                if (recordOf(other) is { } record && await KnownRuns.PathOfAsync(session, record.Outputs[GradeStage.Output], cancellation) is { } path)
                {
                    others[ProtocolOf(session.Graph[other])] = QuestionRows.ById<Grade>(path, grade => grade.QuestionId);
                }
            }

            all.Add(new CellAnswers(benchmark, seed, ProtocolOf(session.Graph[target]), repeats)
            {
                Others = others,
                IsConfidential = Confidential.Is(session.Graph, target, repeats.SelectMany(repeat => repeat.Select(row => row.Item1))),
                GradesDigest = recordOf(target)!.Outputs.TryGetValue(GradeStage.Output, out OutputFile locked) ? locked.Digest.Hex : null,
                Graded = recordOf(target)!.Started,
                Digests =
                [
                    ("address", $"{cell.Table.Name}/{cell.Cell}/seed{seed.ToString(CultureInfo.InvariantCulture)}"),
                    ("profile", session.Plan.Profile),
                    ("protocol", ProtocolOf(session.Graph[target])),
                    .. digests,
                ],
            });
        }

        return all;

        async Task<string> PathOfAsync(TargetInput input) =>
            (recordOf(input.TargetAddress) is { } record ? await KnownRuns.PathOfAsync(session, record.Outputs[input.File!], cancellation) : null)
            ?? throw new UserErrorException(
                $"The answers of '{cell.Name}' are not in this store.",
                cell.Name,
                $"--target={cell.Name} --profile={session.Plan.Profile} makes them; or name the --cache that has them.");
    }

    /// <summary>A cell as a run to compare: its seeds are its repeats, their own repeats averaged as in a table; of one seed the repeats are.</summary>
    /// <param name="label">What it is called.</param>
    /// <param name="answers">Its answers.</param>
    /// <param name="notes">Benchmark to what a reader must know of them.</param>
    public static RecordedRun ToRun(string label, IReadOnlyList<CellAnswers> answers, Func<string, IReadOnlyList<string>> notes) => new(
        label,
        label,
        [.. answers.GroupBy(part => part.Benchmark).OrderBy(benchmark => benchmark.Key, StringComparer.Ordinal)
            .Select(benchmark => ToTask(benchmark.Key, [.. benchmark]) with { Notes = notes(benchmark.Key) })]);

    /// <summary>These answers in the form that other programs read.</summary>
    public ExportedRun ToExport(VerifySubject cell) => new(
        $"{cell.Table.Name}/{cell.Cell}/seed{Seed.ToString(CultureInfo.InvariantCulture)}",
        Benchmark,
        Protocol,
        [.. Repeats.SelectMany((rows, k) => rows.Select(row => new ExportedAnswer(row.Question, k + 1, row.Grade)))])
    {
        Created = Graded,
        Metadata = Digests,
    };

    private static RunTask ToTask(string benchmark, CellAnswers[] seeds)
    {
        string[] others = [.. seeds[0].Others.Keys.Where(protocol => seeds.All(seed => seed.Others.ContainsKey(protocol))).Order(StringComparer.Ordinal)];
        Dictionary<string, List<RunAnswer>> byQuestion = new(StringComparer.Ordinal);
        foreach (CellAnswers seed in seeds)
        {
            foreach (IGrouping<string, (Question Question, Grade Grade)> question in seed.Repeats.SelectMany(rows => rows)
                .GroupBy(row => row.Question.Id, StringComparer.Ordinal))
            {
                RunAnswer[] repeats =
                [
                    .. question.Select(row => new RunAnswer(
                        [row.Grade.Score, .. others.Select(protocol => seed.Others[protocol][question.Key].Score)],
                        row.Grade.Tokens,
                        row.Grade.Extracted)),
                ];
                if (!byQuestion.TryGetValue(question.Key, out List<RunAnswer>? answers))
                {
                    byQuestion[question.Key] = answers = [];
                }

                answers.AddRange(seeds.Length == 1 ? repeats : [RunAnswer.Mean(repeats)]);
            }
        }

        return new RunTask(
            benchmark,
            [seeds[0].Protocol, .. others],
            [.. seeds[0].Repeats[0].Select(row =>
                new RunQuestion(row.Question.Id, QuestionText.Key(row.Question.Text), QuestionText.Beginning(row.Question.Text), byQuestion[row.Question.Id]))])
        {
            RepeatsAreRuns = seeds.Length > 1,
            RepeatNames = seeds.Length > 1 ? [.. seeds.Select(seed => string.Create(CultureInfo.InvariantCulture, $"seed {seed.Seed}"))] : [],
            Repeats = seeds.Length > 1 ? seeds.Length : seeds[0].Repeats.Count,
            IsConfidential = seeds.Any(seed => seed.IsConfidential),
        };
    }

    private static string ProtocolOf(Target target) => (string)target.Parameters["protocol"]!;

    // The questions as they were asked, and the grades, of each repeat.
    private static IEnumerable<(TargetInput Questions, TargetInput Grades)> Files(Target target)
    {
        if (target.StageName != MeasureStage.Name)
        {
            yield return (target.Inputs[GradeStage.QuestionsRole], new TargetInput(target.Address, GradeStage.Output));
            yield break;
        }

        for (int repeat = 1; target.Inputs.ContainsKey(MeasureStage.GradesRole(repeat)); repeat++)
        {
            yield return (target.Inputs[MeasureStage.QuestionsRole(repeat)], target.Inputs[MeasureStage.GradesRole(repeat)]);
        }
    }
}
