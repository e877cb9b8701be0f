namespace NaturalThoughts.Checkpoints.Templates.Values;

/// <summary>Jinja's undefined: prints nothing, holds nothing, counts as false, and whatever else is done with it is an error.</summary>
/// <param name="Name">What is undefined.</param>
internal sealed record Undefined(string Name)
{
    /// <summary>What an error says when the value is used.</summary>
    public string Message => $"'{Name}' is undefined.";
}
