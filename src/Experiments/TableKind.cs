namespace NaturalThoughts.Experiments;

/// <summary>The stage that makes a table.</summary>
public static class TableKind
{
    /// <summary>Accuracies of students and of recorded answers.</summary>
    public const string Table = "table";

    /// <summary>Signs of difficulty on the answers of the rows.</summary>
    public const string Proxies = "proxies";

    /// <summary>The same answers under several grading protocols.</summary>
    public const string Protocols = "protocols";

    /// <summary>All kinds of tables, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Protocols, Proxies, Table];
}
