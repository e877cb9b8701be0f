namespace NaturalThoughts.Statistics;

/// <summary>A closed interval; both ends are NaN where there is none.</summary>
public readonly record struct Interval(double Low, double High);
