using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>A right-padded batch, and where its supervised tokens are predicted.</summary>
/// <param name="Ids">[B, T] int64.</param>
/// <param name="Positions">[N] int64: flat positions b * T + t whose next token is supervised.</param>
/// <param name="Targets">[N] int64: those next tokens.</param>
public sealed record TokenBatch(Tensor Ids, Tensor Positions, Tensor Targets)
{
    /// <summary>Pads rows to the same length and puts them into one batch.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="padId">What fills the rows up.</param>
    /// <param name="placement">Of the model; null for the processor.</param>
    /// <exception cref="UserErrorException">A row has no prompt.</exception>
    public static TokenBatch Of(IReadOnlyList<EncodedRow> rows, int padId, Placement? placement = null)
    {
        int length = rows.Max(row => row.Tokens.Ids.Length);
        long[] ids = new long[rows.Count * length];
        Array.Fill(ids, padId);
        List<long> positions = [];
        List<long> targets = [];
        for (int b = 0; b < rows.Count; b++)
        {
            int[] tokens = rows[b].Tokens.Ids;
            CheckPrompt(rows[b]);
            for (int t = 0; t < tokens.Length; t++)
            {
                ids[(b * length) + t] = tokens[t];
                if (t >= rows[b].Tokens.PromptLength)
                {
                    // Token t is predicted at t - 1: the question is masked, the end of the turn is not.
                    positions.Add((b * length) + t - 1);
                    targets.Add(tokens[t]);
                }
            }
        }

        placement ??= Placement.Processor;
        using DisposeScope scope = NewDisposeScope();
        return new TokenBatch(
            placement.Integers(ids, rows.Count, length).MoveToOuterDisposeScope(),
            placement.Integers([.. positions], positions.Count).MoveToOuterDisposeScope(),
            placement.Integers([.. targets], targets.Count).MoveToOuterDisposeScope());
    }

    /// <summary>Checks that something comes before the first token that is supervised, and nothing behind the last one counts as prompt.</summary>
    /// <exception cref="UserErrorException">Nothing does, or it does.</exception>
    internal static void CheckPrompt(EncodedRow row)
    {
        if (row.Tokens.PromptLength < 1 || row.Tokens.PromptLength > row.Tokens.Ids.Length)
        {
            throw new UserErrorException(
                $"The training example of question '{row.Id}' has a prompt of {row.Tokens.PromptLength} of its {row.Tokens.Ids.Length} tokens; its first response token would be predicted from nothing.",
                "chat template",
                "Give a chat template that writes at least one token before the response.");
        }
    }
}
