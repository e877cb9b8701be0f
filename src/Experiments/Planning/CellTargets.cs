using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.CommonQuestions;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Evaluation.Repeats;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Selection;
using NaturalThoughts.Sources.Recorded;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Stages;
using NaturalThoughts.Student.Training;
using NaturalThoughts.Teaching;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Experiments.Planning;

/// <summary>The targets of one cell and seed. The seed draws the selection, the order of training and the sampling.</summary>
internal static class CellTargets
{
    public static string Of(TableSettings table, CellSettings cell, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{table.Name}/{cell.Address}/seed{seed}");

    public static Output Selection(TableSettings table, CellSettings cell, int seed) => new($"{Of(table, cell, seed)}/{SelectStage.Name}", SelectStage.Output);

    /// <summary>The training set of a trained cell.</summary>
    public static Output Composition(TableSettings table, CellSettings cell, int seed) =>
        new($"{Of(table, cell, seed)}/{ComposeStage.Name}", ComposeStage.Output);

    /// <summary>The grades by the protocol of the tables: those of all repeats, where there are several or the table needs them one by one.</summary>
    public static Output Grades(TableSettings table, CellSettings cell, int seed, BenchmarkSettings benchmark) =>
        new($"{Of(table, cell, seed)}/{(IsMeasured(table, cell, benchmark) ? MeasureStage.Name : GradeStage.Name)}/{benchmark.Name}", GradeStage.Output);

    /// <summary>The grades of a phrasing of the prompt; 1 is the benchmark's own, asked by the first repeat.</summary>
    public static Output Phrased(TableSettings table, CellSettings cell, int seed, BenchmarkSettings benchmark, int phrasing) =>
        new($"{Of(table, cell, seed)}/{GradeStage.Name}/{benchmark.Name}{Part("phrasing", phrasing)}", GradeStage.Output);

    /// <summary>Phrasings in which a student is asked, its own included; 1 where there is nothing to compare.</summary>
    public static int Phrasings(TableSettings table, CellSettings cell, BenchmarkSettings benchmark) =>
        table.HasPhrasings && cell.Recorded is null && cell.Mode == ModeSettings.Think ? 1 + benchmark.Phrasings.Count : 1;

    /// <summary>The same answers graded by several protocols.</summary>
    public static Output Spread(TableSettings table, CellSettings cell, int seed, string benchmark) =>
        new($"{Of(table, cell, seed)}/spread/{benchmark}", ProtocolSpreadStage.Report);

    /// <summary>Adds the targets of a cell and seed.</summary>
    /// <returns>The answers, benchmark by benchmark.</returns>
    public static List<AnsweredCell> Add(TargetList targets, SharedOutputs shared, Profile profile, TableSettings table, CellSettings cell, int seed)
    {
        List<AnsweredCell> answered = [];
        string at = Of(table, cell, seed);
        string draws = string.Create(CultureInfo.InvariantCulture, $"{profile.Seed}/{seed + cell.SeedOffset}");
        Output student = shared.Base;
        if (cell is { Method: { } method, Size: { } size, Mix: { } mix })
        {
            TrainingSettings recipe = profile.Sft.For(cell.Variant.Epochs ?? profile.SftEpochs[size]);
            double dropout = table.InstructionDropout ?? profile.InstructionDropout;
            Output selection = AddSelect(
                targets, shared, Selection(table, cell, seed), Options(cell.Variant, method, size, mix, recipe.Options, dropout, draws));
            Output training = AddCompose(targets, shared, profile, dropout, Composition(table, cell, seed), selection, mix, draws, cell.Variant.Corrupt);
            student = targets.Add(
                new Output($"{at}/{FineTuneStage.Name}", null),
                FineTuneStage.Name,
                StudentParameters.Spoken(profile, new()
                {
                    [StageParameters.Name(nameof(FineTuneOptions.Training))] = recipe.ToJson(),
                    [StageParameters.Name(nameof(FineTuneOptions.Seed))] = draws,
                }),
                (FineTuneStage.CheckpointRole, shared.Base),
                (FineTuneStage.TrainingRole, training));
        }

        foreach (BenchmarkSettings benchmark in table.Benchmarks)
        {
            int repeats = Repeats(table, cell, benchmark);
            List<(string Role, Output From)> measured = [];
            for (int repeat = 1; repeat <= repeats; repeat++)
            {
                int order = checked(((seed - 1) * repeats) + repeat);
                string own = repeat == 1 ? draws : draws + Part("repeat", repeat);
                string part = benchmark.Name + Part("repeat", repeat);
                Output questions = shared.Benchmarks.Questions(benchmark, order);
                Output answers = cell.Recorded is { } recorded
                    ? targets.Add(Repeat(recorded[benchmark.Name], $"{at}/import/{part}", order), role => role == GradeStage.QuestionsRole ? questions : null)
                    : Ask(targets, profile, cell, at, part, own, order, student, shared.Benchmarks.Prompts(cell.Mode, benchmark, order));

                // Whoever gave recorded answers saw the options in an order of their own, and not always all questions.
                Output graded = cell.Recorded is null ? questions : answers with { File = ImportAnswersStage.Questions };
                answered.Add(new AnsweredCell(cell, seed, benchmark, graded, answers));
                (graded, answers) = table.CommonQuestions ? CommonTargets.Of(table, cell, seed, benchmark)
                    : table.Only is { } only ? Keep(targets, $"{at}/keep/{part}", only, graded, answers)
                    : (graded, answers);
                Output grades = new($"{at}/{GradeStage.Name}/{part}", GradeStage.Output);
                AddGrades(targets, benchmark, grades, graded, answers);
                if (repeat == 1)
                {
                    if (ModeTargets.Closes(table, cell))
                    {
                        ModeTargets.AddClosed(
                            targets, profile, at, benchmark, Spoken(profile, draws), student,
                            shared.Benchmarks.Prompts(ModeSettings.Think, benchmark, order), questions, answers);
                    }

                    // Of several repeats the first one shows how far the protocols lie apart.
                    AddSpread(targets, table, Spread(table, cell, seed, benchmark.Name), benchmark, graded, answers);
                }

                measured.AddRange([(MeasureStage.QuestionsRole(repeat), graded), (MeasureStage.GradesRole(repeat), grades)]);
            }

            if (IsMeasured(table, cell, benchmark))
            {
                targets.Add(Grades(table, cell, seed, benchmark), MeasureStage.Name, Measure(benchmark), measured);
            }

            for (int phrasing = 2; phrasing <= Phrasings(table, cell, benchmark); phrasing++)
            {
                int order = checked(((seed - 1) * repeats) + 1);
                Output answers = Ask(
                    targets, profile, cell, at, benchmark.Name + Part("phrasing", phrasing), draws, order, student,
                    shared.Benchmarks.Phrased(benchmark, order, phrasing));
                AddGrades(
                    targets, benchmark with { Protocols = [benchmark.Protocol] }, Phrased(table, cell, seed, benchmark, phrasing),
                    shared.Benchmarks.Questions(benchmark, order), answers);
            }
        }

        return answered;
    }

    private static (Output Questions, Output Answers) Keep(TargetList targets, string address, KeepQuestionsOptions only, Output questions, Output answers)
    {
        Output kept = targets.Add(
            new Output(address, KeepQuestionsStage.Questions),
            KeepQuestionsStage.Name,
            StageParameters.Of(only),
            (KeepQuestionsStage.QuestionsRole, questions),
            (KeepQuestionsStage.AnswersRole, answers));
        return (kept, kept with { File = KeepQuestionsStage.Answers });
    }

    private static bool IsMeasured(TableSettings table, CellSettings cell, BenchmarkSettings benchmark) =>
        table.HasMeasures || Repeats(table, cell, benchmark) > 1;

    // What all rows answer is looked for among first answers.
    private static int Repeats(TableSettings table, CellSettings cell, BenchmarkSettings benchmark) =>
        table.CommonQuestions ? 1
        : cell.Recorded is null ? benchmark.Seeds
        : cell.RecordedRepeats.GetValueOrDefault(benchmark.Name, 1);

    // The first repeat and the benchmark's own phrasing have the address that they have alone.
    private static string Part(string name, int number) => number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{name}{number}");

    private static JsonObject Measure(BenchmarkSettings benchmark) =>
        StageParameters.Given(new MeasureOptions { Protocol = benchmark.Protocol, MacroAverages = benchmark.MacroAverages });

    private static Output Ask(
        TargetList targets, Profile profile, CellSettings cell, string at, string part, string seed, int order, Output student, Output prompts) =>
            cell.Endpoint is { } endpoint
        ? targets.Add(
            new Output($"{at}/{AnswerStage.Name}/{part}", AnswerStage.Output), AnswerStage.Name, Sample(endpoint, order), (AnswerStage.PromptsRole, prompts))
        : targets.Add(
            new Output($"{at}/{GenerateStage.Name}/{part}", GenerateStage.Output),
            GenerateStage.Name,
            Spoken(profile, seed),
            (GenerateStage.CheckpointRole, student),
            (GenerateStage.PromptsRole, prompts));

    private static void AddSpread(TargetList targets, TableSettings table, Output spread, BenchmarkSettings benchmark, Output questions, Output answers)
    {
        IReadOnlyList<string> protocols = table.Protocols.Count > 0 ? table.Protocols : benchmark.Protocols;
        if (protocols.Count > 1)
        {
            targets.Add(
                spread,
                ProtocolSpreadStage.Name,
                StageParameters.Of(new ProtocolSpreadOptions { Protocols = protocols }),
                (GradeStage.QuestionsRole, questions),
                (GradeStage.AnswersRole, answers));
        }
    }

    private static void AddGrades(TargetList targets, BenchmarkSettings benchmark, Output grades, Output questions, Output answers)
    {
        string[] protocols = [benchmark.Protocol, .. benchmark.Protocols.Skip(1)];
        foreach (string protocol in protocols)
        {
            targets.Add(
                protocol == benchmark.Protocol ? grades : grades with { Address = $"{grades.Address}/{protocol}" },
                GradeStage.Name,
                StageParameters.Of(new GradeOptions { Protocol = protocol }),
                (GradeStage.QuestionsRole, questions),
                (GradeStage.AnswersRole, answers));
        }
    }

    // Another replicate is another sample: a call of its own, with another seed where the server knows seeds.
    private static JsonObject Sample(JsonObject parameters, int replicate)
    {
        JsonObject own = parameters.DeepClone().AsObject();
        JsonObject sampling = own[StageParameters.Name(nameof(AnswerOptions.Endpoint))]![StageParameters.Name(nameof(EndpointOptions.Sampling))]!.AsObject();
        string seed = StageParameters.Name(nameof(SamplingOptions.Seed));
        sampling[seed] = ((long?)sampling[seed] ?? 0) + replicate;
        own[StageParameters.Name(nameof(AnswerOptions.Sample))] = replicate - 1;
        return own;
    }

    private static RecordSource Repeat(RecordSource answers, string address, int repeat)
    {
        JsonObject parameters = answers.Parameters.DeepClone().AsObject();
        parameters[StageParameters.Name(nameof(ImportAnswersOptions.Repeat))] = repeat;
        return answers with { Output = answers.Output with { Address = address }, Parameters = parameters };
    }

    // Composition and training have the seed of the selection.
    private static SelectOptions Options(
        RowVariant variant, MethodSettings method, int size, string mix, TrainingOptions recipe, double dropout, string seed) =>
        variant.Of(method.Options with { Size = size, Seed = seed }) with
        {
            Match = variant is { Match: { } by, MatchWith: { } with }
                ? new MatchOptions
                {
                    By = by,
                    With = with.Options with { Size = size, Seed = seed },
                    Mix = mix,
                    WithMix = variant.MatchedMix(mix) is var other && other != mix ? other : null,
                    InstructionDropout = dropout,
                    Epochs = recipe.Epochs,
                    BatchTokens = recipe.BatchTokens,
                    TrainingSeed = seed,
                    HeldOut = recipe.HeldOut,
                }
                : null,
        };

    private static Output AddSelect(TargetList targets, SharedOutputs shared, Output output, SelectOptions options)
    {
        string[] roles = [Roles.Signals, .. SelectStage.Needs(options)];
        return targets.Add(output, SelectStage.Name, StageParameters.Given(options), roles.Select(role => (role, shared.Selecting.Of(role, options))));
    }

    private static Output AddCompose(
        TargetList targets, SharedOutputs shared, Profile profile, double dropout, Output output, Output selection, string mix, string seed, double? corrupt)
    {
        List<(string, Output)> inputs = [(ComposeStage.SelectionRole, selection), (Roles.Questions, shared.Data.Questions), (Roles.Traces, shared.Data.Traces)];
        if (Mix.Parse(mix).NeedsJudgements)
        {
            inputs.Add((Roles.Judgements, shared.Data.Find(Roles.Judgements)!.Value));
        }

        ComposeOptions options = new()
        {
            Mix = mix,
            Seed = seed,
            Think = profile.Prompts[ModeSettings.Think],
            Direct = profile.Prompts[ModeSettings.Direct],
            Corrupt = corrupt,
            InstructionDropout = dropout,
            Adaptive = dropout > 0 ? profile.Prompts[ModeSettings.Adaptive] : null,
        };
        return targets.Add(output, ComposeStage.Name, StageParameters.Given(options), inputs);
    }

    private static JsonObject Spoken(Profile profile, string seed) => StudentParameters.Spoken(profile, Generation(profile.Generation, seed));

    private static JsonObject Generation(GenerationSettings generation, string seed) => StudentParameters.WithPrecision(generation.Precision, new()
    {
        [StageParameters.Name(nameof(GenerationOptions.Temperature))] = generation.Temperature,
        [StageParameters.Name(nameof(GenerationOptions.TopP))] = generation.TopP,
        [StageParameters.Name(nameof(GenerationOptions.MaxNewTokens))] = generation.MaxNewTokens,
        [StageParameters.Name(nameof(GenerationOptions.Batch))] = generation.Batch,
        [StageParameters.Name(nameof(GenerationOptions.Seed))] = seed,
    });
}
