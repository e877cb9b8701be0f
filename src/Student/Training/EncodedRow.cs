using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Records;

namespace NaturalThoughts.Student.Training;

/// <summary>A training example as tokens.</summary>
/// <param name="Id">The question it came from.</param>
/// <param name="Tokens">Prompt, response, end of turn.</param>
public sealed record EncodedRow(string Id, EncodedExample Tokens)
{
    /// <summary>The example by its length, as batches are made of it.</summary>
    public SizedRow Sized => new(Id, Tokens.Ids.Length);
}
