namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>A token that is beside the model's vocabulary and is matched as a whole.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">True when text matches it only on request, and decoding leaves it out.</param>
/// <param name="Normalized">True when it is looked for in the normalised text, after those that are not.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized);
