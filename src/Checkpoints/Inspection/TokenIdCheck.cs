using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Inspection;

/// <summary>
/// Looks for token ids that the embedding has no row for. A vocab_size above the tokenizer's is fine, published models pad it; tokens
/// that were added without resizing the embedding are not: their ids would read, and write, what lies behind it.
/// </summary>
internal static class TokenIdCheck
{
    // As many as tell what was added.
    private const int MostTokens = 20;

    /// <summary>The tokens, begin, end and padding ids that lie at or above vocab_size.</summary>
    public static IEnumerable<UserError> Errors(string folder, ModelConfig config, Tokenizer? tokenizer, GenerationConfig? generation)
    {
        List<UserError> errors = [];
        if (tokenizer is not null)
        {
            AddTokens(Path.Combine(folder, CheckpointFolder.Tokenizer), config.VocabSize, tokenizer, errors);
        }

        AddSpecial(Path.Combine(folder, CheckpointFolder.Config), GenerationConfig.Of(config), config.VocabSize, errors);
        if (generation is not null)
        {
            AddSpecial(Path.Combine(folder, CheckpointFolder.GenerationConfig), generation, config.VocabSize, errors);
        }

        return errors;
    }

    private static void AddTokens(string location, int vocabulary, Tokenizer tokenizer, List<UserError> errors)
    {
        string hint = FormattableString.Invariant(
            $"Resize the embedding to {tokenizer.VocabularySize} rows (resize_token_embeddings in Transformers) and set vocab_size, or remove the token.");
        (string Text, int Id)[] beyond = [.. tokenizer.TokensFrom(vocabulary)];
        errors.AddRange(beyond.Take(MostTokens).Select(token => new UserError(
            FormattableString.Invariant($"The token '{Quoted.Of(token.Text)}' has the id {token.Id}, and vocab_size of {CheckpointFolder.Config} is {vocabulary}: the embedding has no row for it."),
            location,
            hint)));
        if (beyond.Length > MostTokens)
        {
            errors.Add(
                new UserError(FormattableString.Invariant($"{beyond.Length - MostTokens} more tokens have ids of at least {vocabulary}."), location, hint));
        }

        errors.AddRange(tokenizer.FrameIds.Where(id => id >= vocabulary).Distinct().Take(MostTokens).Select(id => new UserError(
            FormattableString.Invariant($"The post_processor writes the id {id}, and vocab_size of {CheckpointFolder.Config} is {vocabulary}."),
            location, hint)));
    }

    private static void AddSpecial(string file, GenerationConfig ids, int vocabulary, List<UserError> errors)
    {
        (string Key, int? Id)[] all =
            [("bos_token_id", ids.BosTokenId), .. ids.EosTokenIds.Select(id => ("eos_token_id", (int?)id)), ("pad_token_id", ids.PadTokenId)];
        errors.AddRange(all.Where(one => one.Id >= vocabulary).Take(MostTokens).Select(one => new UserError(
            FormattableString.Invariant(
                $"'{one.Key}' is {one.Id}, and vocab_size of {CheckpointFolder.Config} is {vocabulary}: the embedding has no row for it."),
            $"{file}: {one.Key}",
            "Name a token below vocab_size, or resize the embedding.")));
    }
}
