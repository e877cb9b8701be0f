namespace NaturalThoughts.Reporting.Agreement;

/// <summary>The parameters of <see cref="AgreementStage"/>.</summary>
public sealed record AgreementOptions
{
    /// <summary>What the first annotator is called.</summary>
    public string First { get; init; } = "first";

    /// <summary>What the second annotator is called.</summary>
    public string Second { get; init; } = "second";
}
