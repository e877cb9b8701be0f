using System.Globalization;
using System.Text;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Stages;

/// <summary>
/// A forced close of thinking ("budget forcing", arXiv 2501.19393): of answers that a student gave, each thought is kept up to a number of tokens, closed, and
/// the student goes on from there. An answer whose thought is not longer stays as it is, and so does one without tags, which has no thought to close. The
/// kept tokens are those that the student drew itself, so that nothing is generated twice. Several budgets at once, a file for each.
/// </summary>
public sealed class CloseThinkingStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "close-thinking";

    /// <summary>The role of the answers whose thoughts are closed.</summary>
    public const string AnswersRole = "answers";

    /// <summary>The file with the number of closed thoughts per budget.</summary>
    public const string Report = "closed.csv";

    /// <inheritdoc />
    public StageDescription Description { get; } =
        new(Name, [GenerateStage.CheckpointRole, GenerateStage.PromptsRole, AnswersRole], [Report]) { UsesTensors = true };

    /// <summary>The file with the answers under a budget, in the order of the prompts.</summary>
    public static string AnswersOf(int budget) => string.Create(CultureInfo.InvariantCulture, $"answers-{budget}.jsonl");

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        CloseThinkingOptions options = context.Options<CloseThinkingOptions>();
        IReadOnlyList<UserError> errors = options.Check();
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }

        TorchSetup.Prepare(context);
        string folder = context.Input(GenerateStage.CheckpointRole), answersPath = context.Input(AnswersRole);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatFormat chat = ChatFormat.Load(folder, tokenizer, options.Generation.SpecialTokensInText);
        List<Prompt> prompts = QuestionRows.InOrder<Prompt>(context.Input(GenerateStage.PromptsRole), row => row.QuestionId);
        Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(
            answersPath, row => row.QuestionId, [.. prompts.Select(prompt => prompt.QuestionId)]);
        Cut[] cuts =
        [
            .. from budget in options.Budgets
               from prompt in prompts
               let kept = ThoughtCut.Of(QuestionRows.Row(answers, prompt.QuestionId, answersPath).Output, budget, tokenizer)
               where kept is not null
               select new Cut(budget, prompt, kept),
        ];

        using LlamaModel model = CheckpointFiles.Load(folder, TorchSetup.Place(context, options.Generation.Precision, "generation"));
        HashSet<int> ends = GenerateStage.Ends(model, folder, chat);
        IReadOnlyList<int[]> words = new Generator(model, options.Generation, ends, chat.PadId).Run(
            [.. cuts.Select(cut =>
                (string.Create(CultureInfo.InvariantCulture, $"{cut.Prompt.QuestionId}/{cut.Budget}"), (int[])[.. chat.Prompt(cut.Prompt.Text), .. cut.Kept]))],
            context.Progress,
            context.Cancellation);
        Dictionary<(int Budget, string Id), ModelAnswer> closed = cuts.Zip(words).ToDictionary(
            row => (row.First.Budget, row.First.Prompt.QuestionId),
            row =>
            {
                bool ended = ends.Contains(row.Second[^1]);
                int[] spoken = ended ? row.Second[..^1] : row.Second;
                return new ModelAnswer(
                    row.First.Prompt.QuestionId,
                    row.First.Prompt.Text,
                    tokenizer.Decode([.. row.First.Kept, .. spoken]),
                    row.First.Kept.Length + row.Second.Length,
                    Truncated: !ended);
            });
        foreach (int budget in options.Budgets)
        {
            JsonLines.Write(
                context.Output(AnswersOf(budget)), prompts.Select(prompt => closed.GetValueOrDefault((budget, prompt.QuestionId), answers[prompt.QuestionId])));
        }

        File.WriteAllText(context.Output(Report), "budget,answers,closed\n" + string.Concat(options.Budgets.Select(budget =>
            string.Create(CultureInfo.InvariantCulture, $"{budget},{prompts.Count},{cuts.Count(cut => cut.Budget == budget)}\n"))), new UTF8Encoding(false));
        return new StageResult
        {
            Counts =
            {
                ["answers"] = prompts.Count,
                ["closed"] = cuts.Length,
                [StageResult.GeneratedTokens] = words.Sum(tokens => (long)tokens.Length),
            },
        };
    }

    private sealed record Cut(int Budget, Prompt Prompt, int[] Kept);
}
