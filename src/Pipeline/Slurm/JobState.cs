namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>What Slurm says of a job, such as <c>PENDING</c> because of <c>Dependency</c>.</summary>
/// <param name="State">Slurm's word for the state.</param>
/// <param name="Reason">Slurm's word for the reason.</param>
internal readonly record struct JobState(string State, string Reason)
{
    // https://slurm.schedmd.com/squeue.html, "JOB STATE CODES": those from which a job does not come back by itself.
    private static readonly HashSet<string> Final = new(StringComparer.Ordinal)
    {
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "SPECIAL_EXIT", "TIMEOUT",
    };

    // Reasons that go away without anybody's doing.
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "", "None", "Priority", "Resources", "Dependency", "BeginTime", "Cleaning", "JobArrayTaskLimit", "Prolog", "ReqNodeNotAvail", "NodeDown", "SchedDefer",
    };

    /// <summary>A job that the queue no longer lists.</summary>
    public static JobState Gone => new("gone from the queue", "");

    /// <summary>True when it will not run any more.</summary>
    public bool IsOver => Final.Contains(State) || this == Gone;

    /// <summary>True when it waits for something that may never come, such as a node that the partition has not got.</summary>
    public bool IsStuck => State is "PENDING" or "REQUEUE_HOLD" && !Passing.Contains(Reason.Split(',', '(')[0].Trim());

    /// <inheritdoc />
    public override string ToString() => Reason is "" or "None" ? State : $"{State} ({Reason})";
}
