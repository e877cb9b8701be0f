using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="EmbedModelStage"/>.</summary>
public sealed record EmbedModelOptions
{
    /// <summary>Vectors as numbers, which every server knows.</summary>
    public const string Float = "float";

    /// <summary>Vectors as base64 of float32: a third of the bytes.</summary>
    public const string Base64 = "base64";

    /// <summary>The most texts of a request, which is OpenAI's limit.</summary>
    public const int MostTexts = 2048;

    /// <summary>The model that embeds; its sampling plays no part.</summary>
    public required EndpointOptions Endpoint { get; init; }

    /// <summary>Texts of a request, 1 to 2,048. Default 64. No part of a text's key.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The length of the vectors, for models that have several; null for the model's own.</summary>
    public int? Dimensions { get; init; }

    /// <summary>
    /// The form that vectors are asked for: <see cref="Float"/> (the default) or <see cref="Base64"/>. Both are read. No part of a text's key.
    /// </summary>
    public string Encoding { get; init; } = Float;

    /// <summary>The part of the questions that is embedded.</summary>
    public ShardOptions Shard { get; init; } = new();

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. Endpoint.Validate(), .. Shard.Validate()];
        if (Batch is < 1 or > MostTexts)
        {
            errors.Add(new UserError($"A request cannot have {Batch} texts.", "batch", $"Give 1 to {MostTexts}."));
        }

        if (Dimensions is < 1)
        {
            errors.Add(
                new UserError($"A vector cannot have {Dimensions} numbers.", "dimensions", "Give at least 1, or leave it out for the model's own length."));
        }

        if (Encoding is not (Float or Base64))
        {
            errors.Add(new UserError($"'{Quoted.Of(Encoding)}' is not a form of vectors.", "encoding", $"Give {Float} or {Base64}."));
        }

        if (Endpoint.Limits.MaxUnanswered > 0)
        {
            errors.Add(new UserError(
                "Every question needs a vector, or it has no cluster.", "endpoint.limits.maxUnanswered",
                "Remove it: what is finished is kept, and the next run asks for the rest."));
        }

        return errors;
    }
}
