namespace NaturalThoughts.Teaching.Reading;

/// <summary>What one reply of an annotator says; null is what it was not asked for.</summary>
/// <param name="Domain">The question's domain.</param>
/// <param name="Topics">Its topics, in the annotator's words and order.</param>
/// <param name="Strategies">The trace's strategies, in one spelling and ordinal order.</param>
/// <param name="Verbosity">0 to 10.</param>
public sealed record AnnotationFields(string? Domain, IReadOnlyList<string>? Topics, IReadOnlyList<string>? Strategies, int? Verbosity)
{
    /// <summary>The fields of an annotation before the first reply: none is set.</summary>
    public static AnnotationFields None { get; } = new(null, null, null, null);

    /// <summary>These fields, with those that another reply adds.</summary>
    public AnnotationFields With(AnnotationFields other) =>
        new(other.Domain ?? Domain, other.Topics ?? Topics, other.Strategies ?? Strategies, other.Verbosity ?? Verbosity);
}
