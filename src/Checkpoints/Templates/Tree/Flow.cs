namespace NaturalThoughts.Checkpoints.Templates.Tree;

/// <summary>Where execution goes on after a statement.</summary>
internal enum Flow
{
    /// <summary>Execution goes on with the next statement.</summary>
    Next,

    /// <summary>Execution goes on behind the loop.</summary>
    Break,

    /// <summary>Execution goes on with the loop's next item.</summary>
    Continue,
}
