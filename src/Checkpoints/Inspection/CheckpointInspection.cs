using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Checkpoints.Weights;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Inspection;

/// <summary>Looks at a whole checkpoint before anything is copied or computed: every file by itself, and what they say of one another.</summary>
internal static class CheckpointInspection
{
    /// <summary>Inspects a folder; of weights only the headers are read.</summary>
    /// <param name="folder">The folder, as the user named it.</param>
    /// <param name="chatTemplate">A template in place of the folder's own, or null.</param>
    /// <returns>What a user should know anyway.</returns>
    /// <exception cref="UserErrorException">Something is wrong; everything that was found at once.</exception>
    public static IReadOnlyList<string> Inspect(string folder, string? chatTemplate)
    {
        List<UserError> errors = [];
        ModelConfig? config = Try(() => ModelConfig.Read(folder), errors);
        GenerationConfig? generation = Try(() => GenerationConfig.Find(folder), errors);
        Tokenizer? tokenizer = Try(() => Tokenizer.Load(folder), errors);
        ChatFormat? chat = tokenizer is null ? null : Try(() => ChatFormat.Load(folder, tokenizer, chatTemplate: chatTemplate), errors);
        using CheckpointWeights? weights = Try(() => CheckpointWeights.Open(folder), errors);
        if (config is not null)
        {
            errors.AddRange(TokenIdCheck.Errors(folder, config, tokenizer, generation));
            errors.AddRange(weights is null ? [] : WeightCheck.Errors(config, weights));
        }

        return errors.Count == 0
            ? [.. tokenizer!.Warnings, .. TokenAgreement.Warnings(folder, tokenizer), .. chat!.Warnings]
            : throw new UserErrorException([.. errors.Distinct()]);
    }

    private static T? Try<T>(Func<T?> read, List<UserError> errors)
        where T : class
    {
        try
        {
            return read();
        }
        catch (UserErrorException error)
        {
            errors.AddRange(error.Errors);
            return null;
        }
    }
}
