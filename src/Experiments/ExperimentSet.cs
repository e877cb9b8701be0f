namespace NaturalThoughts.Experiments;

/// <summary>A profile and the tables that exist under it: all of it valid.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Tables">The tables, in ordinal order of their names.</param>
public sealed record ExperimentSet(Profile Profile, IReadOnlyList<TableSettings> Tables)
{
    /// <summary>The findings that were declared for the profile; null for none.</summary>
    public DeclaredFindings.FindingsSettings? Findings { get; init; }
}
