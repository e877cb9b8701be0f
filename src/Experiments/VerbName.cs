namespace NaturalThoughts.Experiments;

/// <summary>The verbs of the command line: no table or row can have such a name. What each takes is in <c>build/CommandLine/Verb.cs</c>.</summary>
public enum VerbName
{
    /// <summary>Answers on which protocols differ are judged by a person.</summary>
    Audit,

    /// <summary>Benchmarks run, and what they measure is held to its bounds.</summary>
    Bench,

    /// <summary>The store is deleted.</summary>
    Clean,

    /// <summary>Runs are compared question by question.</summary>
    Compare,

    /// <summary>What may be wrong with students is said.</summary>
    Diagnose,

    /// <summary>Locked results of two places are compared.</summary>
    Diff,

    /// <summary>The installation and the store are examined.</summary>
    Doctor,

    /// <summary>A target's files are written for other programs.</summary>
    Export,

    /// <summary>Files of benchmarks are downloaded.</summary>
    Fetch,

    /// <summary>The store is freed of what is not needed.</summary>
    Gc,

    /// <summary>The program is written for a machine without .NET.</summary>
    Publish,

    /// <summary>Results are written as a folder of HTML.</summary>
    Report,

    /// <summary>Models are put behind an endpoint.</summary>
    Serve,

    /// <summary>A number is traced back to its answers.</summary>
    Show,

    /// <summary>Targets are listed with what the store has of them.</summary>
    Status,

    /// <summary>Every check of the repository runs.</summary>
    Test,

    /// <summary>Results are computed again and compared with their locks.</summary>
    Verify,
}
