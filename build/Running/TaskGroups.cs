namespace NaturalThoughts.Build.Running;

/// <summary>Groups targets into the tasks that people see: a cell with all its seeds and stages, a table, the world, the base student.</summary>
internal static class TaskGroups
{
    /// <summary>
    /// The task that a target belongs to: <c>Table1/Random/1000/System2</c> for what is below a seed of that cell, else the target's
    /// first segment (<c>world</c>, <c>base</c>, <c>prompts</c>), or the table's name for its last target.
    /// </summary>
    public static string Of(string address)
    {
        int seed = address.IndexOf("/seed", StringComparison.Ordinal);
        if (seed >= 0)
        {
            return address[..seed];
        }

        int slash = address.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? address : address[..slash];
    }

    /// <summary>Groups in the order of their first target, each with its targets in order.</summary>
    public static IReadOnlyList<(string Task, IReadOnlyList<string> Addresses)> Split(IEnumerable<string> addresses)
    {
        List<string> order = [];
        Dictionary<string, List<string>> groups = new(StringComparer.Ordinal);
        foreach (string address in addresses)
        {
            string task = Of(address);
            if (!groups.TryGetValue(task, out List<string>? members))
            {
                groups.Add(task, members = []);
                order.Add(task);
            }

            members.Add(address);
        }

        return [.. order.Select(task => (task, (IReadOnlyList<string>)groups[task]))];
    }
}
