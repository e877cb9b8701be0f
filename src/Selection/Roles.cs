using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection;

/// <summary>The roles that several stages of this room read.</summary>
internal static class Roles
{
    public const string Questions = "questions";
    public const string Traces = "traces";
    public const string Annotations = "annotations";
    public const string Clusters = "clusters";
    public const string Judgements = "judgements";

    /// <summary>The path of a role that is optional for the stage but needed by its parameters.</summary>
    public static string Needed(this StageContext context, string role) => context.HasInput(role)
        ? context.Input(role)
        : throw new UserErrorException($"These parameters need the input '{role}', and it is not bound.", role, "Bind it in the plan.");
}
