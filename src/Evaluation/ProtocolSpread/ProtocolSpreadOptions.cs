using NaturalThoughts.Contracts;

namespace NaturalThoughts.Evaluation.ProtocolSpread;

/// <summary>The parameters of <see cref="ProtocolSpreadStage"/>.</summary>
public sealed record ProtocolSpreadOptions
{
    /// <summary>Two or more of <see cref="GradingProtocol.Names"/>, in the order of the report's rows.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. Protocols.Where(name => !GradingProtocol.Names.Contains(name, StringComparer.Ordinal))
            .Select(name => new UserError($"There is no grading protocol '{name}'.", "protocols", NearestName.Hint(name, GradingProtocol.Names)))];
        if (Protocols.Distinct(StringComparer.Ordinal).Count() != Protocols.Count || Protocols.Count < 2)
        {
            errors.Add(new UserError(
                $"A spread needs two or more different protocols; these are '{string.Join("', '", Protocols)}'.", "protocols", "Name each once."));
        }

        return errors;
    }
}
