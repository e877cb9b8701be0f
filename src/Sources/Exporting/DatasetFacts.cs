namespace NaturalThoughts.Sources.Exporting;

/// <summary>What a dataset's card says of it.</summary>
/// <param name="Name">Its name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="License">A licence as the hub names it, such as <c>cc-by-nc-4.0</c>; null where nobody said.</param>
/// <param name="Counts">What was counted, in the order of the card.</param>
/// <param name="Provenance">Where the rows come from: each step, its digest or its settings, in the order of the card.</param>
public sealed record DatasetFacts(
    string Name, string? License, IReadOnlyList<(string What, string Value)> Counts, IReadOnlyList<(string What, string Value)> Provenance);
