using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Model;

/// <summary>What a model can read: asked of every row before anything is computed, so that a message names the row and hours are not lost.</summary>
internal static class TokenLimits
{
    /// <summary>Checks that a row is not empty, that the model has its ids, and that it fits into the model's positions.</summary>
    /// <param name="config">The model.</param>
    /// <param name="row">What it is, such as <c>prompt of question 'q1'</c>.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="more">Tokens that will be generated behind it.</param>
    /// <param name="location">The setting that decides on the length.</param>
    /// <exception cref="UserErrorException">The row is empty, has an id that the model does not have, or more tokens than the model has positions.</exception>
    public static void Check(ModelConfig config, string row, ReadOnlySpan<int> tokens, int more = 0, string location = "max_position_embeddings")
    {
        if (tokens.IsEmpty)
        {
            throw new UserErrorException($"The {row} has no token.", "chat template", "Look at the question and at what the chat template makes of it.");
        }

        int at = tokens.IndexOfAnyExceptInRange(0, config.VocabSize - 1);
        if (at >= 0)
        {
            throw new UserErrorException(
                $"The {row} has the token id {tokens[at]} at position {at}, which is not in the vocabulary: the model's vocab_size is {config.VocabSize}.",
                "vocab_size", Limits.VocabularyHint);
        }

        if ((long)tokens.Length + more > config.MaxPositionEmbeddings)
        {
            string with = more > 0 ? $" with {more} new ones" : "";
            throw new UserErrorException(
                $"The {row} has {tokens.Length} tokens, which{with} do not fit into the model's {config.MaxPositionEmbeddings} positions.",
                location,
                more > 0 ? "Lower it, or raise the student's max_position_embeddings." : "Shorten the row, or give a model with more positions.");
        }
    }

    /// <summary>Checks the token that fills rows up.</summary>
    /// <exception cref="UserErrorException">The model does not have it.</exception>
    public static void CheckPad(ModelConfig config, int padId)
    {
        if (padId < 0 || padId >= config.VocabSize)
        {
            throw new UserErrorException(
                $"The pad token's id {padId} is not in the vocabulary: the model's vocab_size is {config.VocabSize}.", "vocab_size", Limits.VocabularyHint);
        }
    }
}
