using NaturalThoughts.Contracts;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// What kernels ask of the numbers that become addresses, once for each batch: an id, a position or a length beyond its table would read and write the memory
/// of others.
/// </summary>
internal static unsafe class Limits
{
    /// <summary>What to do where an id is not in the vocabulary.</summary>
    public const string VocabularyHint =
        "Tokenizer and weights are not of one model, or tokens were added without resizing the embedding: give a checkpoint whose embedding has a row for "
        + "every token.";

    /// <summary>Checks token ids, or targets.</summary>
    /// <param name="ids">int64, of any shape, on any device.</param>
    /// <param name="vocabulary">V.</param>
    /// <exception cref="UserErrorException">An id is negative or not below V.</exception>
    public static void Ids(Tensor ids, long vocabulary)
    {
        if (FirstOutside(ids, vocabulary, nameof(ids)) is { } found)
        {
            string place = ids.dim() == 2
                ? $"at row {found.At / ids.shape[1]}, position {found.At % ids.shape[1]} of a batch"
                : $"at place {found.At} of a batch's targets";
            throw new UserErrorException(
                $"The token id {found.Value} {place} is not in the vocabulary: the model's vocab_size is {vocabulary}.", "vocab_size", VocabularyHint);
        }
    }

    /// <summary>Checks numbers of rows.</summary>
    /// <param name="rows">int64, of any shape, on any device.</param>
    /// <param name="count">Rows that there are.</param>
    /// <param name="name">Of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or not below the count.</exception>
    public static void Rows(Tensor rows, long count, string name)
    {
        if (FirstOutside(rows, count, name) is { } found)
        {
            throw new ArgumentOutOfRangeException(name, found.Value, $"The number of a row is not below {count}.");
        }
    }

    /// <summary>Checks that rows fit into the model's positions.</summary>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="positions">Positions of the model.</param>
    /// <exception cref="UserErrorException">There are more tokens than positions.</exception>
    public static void Length(long length, long positions)
    {
        if (length > positions)
        {
            throw new UserErrorException(
                $"A row of {length} tokens does not fit into the model's {positions} positions.", "max_position_embeddings",
                "Shorten the row, or give a model with more positions.");
        }
    }

    /// <summary>Checks what only a fault of this library's own code violates.</summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public static void Require(bool fits, string name)
    {
        if (!fits)
        {
            throw new ArgumentException("The shape, type or layout does not fit the kernel.", name);
        }
    }

    private static (long Value, long At)? FirstOutside(Tensor values, long end, string name)
    {
        Require(values.dtype == ScalarType.Int64, name);
        using Tensor host = values.cpu(), list = host.contiguous();
        ReadOnlySpan<long> span = new(TensorMemory.Ids(list), (int)list.numel());
        int at = end > 0 ? span.IndexOfAnyExceptInRange(0, end - 1) : span.Length - 1;
        return at < 0 ? null : (span[at], at);
    }
}
