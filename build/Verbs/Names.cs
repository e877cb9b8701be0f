using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Turns the name that a user typed into addresses of the plan.</summary>
internal static class Names
{
    /// <summary>
    /// The targets that a name asks for: a table's last target, a target, or everything below a cell or seed
    /// (<c>Table1/Random/1000/System2</c>, <c>Table1/Random/1000/System2/seed1</c>).
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">What the user typed.</param>
    /// <param name="location">The switch or verb that it was given to.</param>
    /// <exception cref="UserErrorException">Nothing has this name; the hint names the nearest verb, table, cell or target.</exception>
    public static IReadOnlyList<string> Resolve(ExperimentPlan plan, string name, string location = "--target")
    {
        if (plan.Tables.FirstOrDefault(table => table.Name == name) is { } table)
        {
            return [table.Address];
        }

        if (plan.Graph.Contains(name))
        {
            return [name];
        }

        string[] below = [.. plan.Graph.Order.Where(address => address.StartsWith(name + "/", StringComparison.Ordinal))];
        if (below.Length > 0)
        {
            return below;
        }

        string[] known =
        [
            .. Verb.All.Select(verb => verb.Name.ToString()!),
            .. plan.Tables.Select(known => known.Name),
            .. plan.Graph.Order.Select(TaskGroups.Of).Distinct(),
            .. plan.Graph.Order,
        ];
        throw new UserErrorException(
            $"There is no target '{name}' in the profile '{plan.Profile}'.",
            location,
            NearestName.Find(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : "--description lists verbs, tables and cells.");
    }
}
