namespace NaturalThoughts.Serving.Students;

/// <summary>A token that was drawn.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsEnd">True for one that ends the reply and is no text.</param>
/// <param name="IsLast">True when none follows, whether it ends the reply or the limit is met.</param>
/// <param name="Logprob">Its log-probability where that was asked for.</param>
internal sealed record GeneratedToken(int Id, bool IsEnd, bool IsLast, TokenLogprob? Logprob);
