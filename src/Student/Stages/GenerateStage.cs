using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Student.Stages;

/// <summary>Has a student answer prompts.</summary>
public sealed class GenerateStage : IStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "generate";

    /// <summary>The role of the student's folder.</summary>
    public const string CheckpointRole = "checkpoint";

    /// <summary>The role of the prompts.</summary>
    public const string PromptsRole = "prompts";

    /// <summary>The file with the answers.</summary>
    public const string Output = "answers.jsonl";

    /// <inheritdoc />
    public StageDescription Description { get; } = new(Name, [CheckpointRole, PromptsRole], [Output]) { UsesTensors = true };

    /// <inheritdoc />
    public StageResult Run(StageContext context)
    {
        GenerationOptions options = context.Options<GenerationOptions>();
        IReadOnlyList<UserError> errors = options.Check();
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }

        TorchSetup.Prepare(context);
        string folder = context.Input(CheckpointRole);
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatFormat chat = ChatFormat.Load(folder, tokenizer, options.SpecialTokensInText);
        using LlamaModel model = CheckpointFiles.Load(folder, TorchSetup.Place(context, options.Precision, "generation"));
        List<Prompt> prompts = JsonLines.Read<Prompt>(context.Input(PromptsRole));
        HashSet<int> ends = Ends(model, folder, chat);
        IReadOnlyList<int[]> answers = new Generator(model, options, ends, chat.PadId)
            .Run([.. prompts.Select(prompt => (prompt.QuestionId, chat.Prompt(prompt.Text)))], context.Progress, context.Cancellation);
        ModelAnswer[] rows = [.. prompts.Zip(answers, (prompt, tokens) =>
        {
            bool ended = ends.Contains(tokens[^1]);
            string text = tokenizer.Decode(ended ? tokens.AsSpan(0, tokens.Length - 1) : tokens);
            return new ModelAnswer(prompt.QuestionId, prompt.Text, text, tokens.Length, Truncated: !ended);
        })];
        JsonLines.Write(context.Output(Output), rows);
        return new StageResult
        {
            Counts =
            {
                ["answers"] = rows.Length,
                ["truncated"] = rows.Count(row => row.Truncated),
                [StageResult.GeneratedTokens] = rows.Sum(row => (long)row.Tokens),
            },
        };
    }

    /// <summary>The tokens that end an answer.</summary>
    internal static HashSet<int> Ends(LlamaModel model, string folder, ChatFormat chat) =>
        [.. model.Config.EosTokenIds, .. GenerationConfig.Find(folder)?.EosTokenIds ?? [], chat.EndOfTurnId];
}
