namespace NaturalThoughts.MiniWorld.Families;

/// <summary>All families, and how often the pool asks each.</summary>
internal static class FamilyCatalog
{
    /// <summary>The families of the pool, by domain; domains are in the order of their share.</summary>
    public static readonly IReadOnlyList<QuestionFamily> Pool =
    [
        new PurseFamily(), new SequenceFamily(), new SortingFamily(),
        new ShopFamily(), new ExchangeFamily(),
        new ReactionFamily(), new MotionFamily(),
        new TankFamily(),
        new QueueFamily(), new GatesFamily(),
        new MonthsFamily(), new ClockFamily(),
        new RouteFamily(), new WalkFamily(), new MazeFamily(),
        new DosageFamily(),
        new FinesFamily(),
        new StorageFamily(),
        new CountingFamily(), new PairsFamily(),
    ];

    /// <summary>The families that the pool does not have: each joins the steps and the words of two that it has.</summary>
    public static readonly IReadOnlyList<QuestionFamily> HeldOut = [new ErrandFamily(), new RefillFamily(), new PatrolFamily(), new JourneyFamily()];

    /// <summary>The families of the pool, then the held-out ones.</summary>
    public static readonly IReadOnlyList<QuestionFamily> All = [.. Pool, .. HeldOut];

    /// <summary>The domains of the pool, the most frequent first.</summary>
    public static readonly IReadOnlyList<string> PoolDomains = [.. Pool.Select(family => family.Domain).Distinct()];

    /// <summary>
    /// Weight of each pool family: domain k of the list has the share 1/(k+1) (Zipf with an offset, so that the rarest of ten is still
    /// a fortieth of the pool), split equally among its families.
    /// </summary>
    public static readonly IReadOnlyList<double> PoolWeights =
    [
        .. Pool.Select(family => 1.0
            / (PoolDomains.TakeWhile(domain => domain != family.Domain).Count() + 1)
            / Pool.Count(other => other.Domain == family.Domain)),
    ];
}
