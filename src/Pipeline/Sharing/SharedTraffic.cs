namespace NaturalThoughts.Pipeline.Sharing;

/// <summary>What went through a shared cache.</summary>
/// <param name="TakenRecords">Records that spared a run.</param>
/// <param name="TakenObjects">Objects that came from it.</param>
/// <param name="TakenBytes">Their bytes.</param>
/// <param name="GivenRecords">Records that it got.</param>
/// <param name="GivenObjects">Objects that it got.</param>
/// <param name="GivenBytes">Their bytes.</param>
public sealed record SharedTraffic(long TakenRecords, long TakenObjects, long TakenBytes, long GivenRecords, long GivenObjects, long GivenBytes);
