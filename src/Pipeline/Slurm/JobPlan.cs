using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Graph;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>Divides targets into jobs that wait for each other without a cycle, and jobs that wait for the same ones into arrays.</summary>
/// <param name="graph">The plan.</param>
/// <param name="nameOf">Address to the job that the target should be in.</param>
internal sealed class JobPlan(TargetGraph graph, Func<string, JobName> nameOf)
{
    /// <summary>Slurm's usual limit is 1001.</summary>
    private const int MostTasks = 1000;

    /// <summary>The batches to submit, each after those that it waits for.</summary>
    /// <param name="missing">The targets to make, in topological order.</param>
    /// <param name="queued">Targets that a job of an earlier submission makes, and the number of its batch.</param>
    /// <param name="first">The number of the first batch.</param>
    public IReadOnlyList<JobBatch> Make(IReadOnlyList<string> missing, IReadOnlyDictionary<string, int> queued, int first)
    {
        List<JobBatch> batches = [];
        List<Group> groups = Groups(missing, queued);
        Dictionary<Group, int> numbers = groups.Where(group => group.Queued is not null).ToDictionary(group => group, group => group.Queued!.Value);
        Dictionary<(string Array, bool Tensors, string After), int> open = [];
        foreach (Group group in Sorted(groups.Where(group => group.Queued is null)))
        {
            int[] after = [.. group.Needs.Select(need => numbers[need]).Distinct().Order()];
            JobGroup job = new(group.Name.Job, group.Addresses);

            // Jobs that wait for the same ones can be in one array: it waits for nothing else then, so no cycle follows.
            (string, bool, string) place = (group.Name.Array, group.UsesTensors, string.Join(' ', after));
            if (open.TryGetValue(place, out int at) && batches[at].Groups.Count < MostTasks)
            {
                batches[at] = batches[at] with { Name = group.Name.Array, Groups = [.. batches[at].Groups, job] };
            }
            else
            {
                open[place] = at = batches.Count;
                batches.Add(new JobBatch(first + at, job.Name, group.UsesTensors, [job], after));
            }

            numbers.Add(group, batches[at].Number);
        }

        return batches;
    }

    private List<Group> Groups(IReadOnlyList<string> missing, IReadOnlyDictionary<string, int> queued)
    {
        List<Group> groups = [];
        Dictionary<string, Group> ofTarget = new(StringComparer.Ordinal);
        Dictionary<int, Group> ofBatch = [];
        Dictionary<JobName, Group> current = [];
        Dictionary<ContentHash, Group> twins = [];
        foreach (string address in missing)
        {
            if (queued.TryGetValue(address, out int number))
            {
                if (!ofBatch.TryGetValue(number, out Group? there))
                {
                    ofBatch.Add(number, there = new Group(nameOf(address)) { Queued = number });
                    groups.Add(there);
                }

                ofTarget.Add(address, there);
                twins.TryAdd(graph.DefinitionOf(address), there);
                continue;
            }

            HashSet<Group> needs = [.. graph.DependenciesOf(address).Where(ofTarget.ContainsKey).Select(dependency => ofTarget[dependency])];
            JobName name = nameOf(address);

            // A job that something which this target needs waits for has to be over by then: the target opens another job of the name.
            if (!current.TryGetValue(name, out Group? group) || needs.Any(need => need != group && need.WaitsFor(group)))
            {
                groups.Add(current[name] = group = new Group(name));
            }

            // Of targets that are the same except for their addresses one job makes the first and the others find it.
            if (twins.TryGetValue(graph.DefinitionOf(address), out Group? twin) && !twin.WaitsFor(group))
            {
                needs.Add(twin);
            }

            needs.Remove(group);
            group.Needs.UnionWith(needs);
            group.Addresses.Add(address);
            group.UsesTensors |= graph[address].Resources.UsesTensors;
            ofTarget.Add(address, group);
            twins.TryAdd(graph.DefinitionOf(address), group);
        }

        return groups;
    }

    private static IEnumerable<Group> Sorted(IEnumerable<Group> groups)
    {
        List<Group> sorted = [];
        HashSet<Group> seen = [];
        foreach (Group group in groups)
        {
            Visit(group);
        }

        return sorted;

        void Visit(Group group)
        {
            if (group.Queued is null && seen.Add(group))
            {
                foreach (Group need in group.Needs)
                {
                    Visit(need);
                }

                sorted.Add(group);
            }
        }
    }

    private sealed class Group(JobName name)
    {
        public JobName Name { get; } = name;

        public int? Queued { get; init; }

        public List<string> Addresses { get; } = [];

        public HashSet<Group> Needs { get; } = [];

        public bool UsesTensors { get; set; }

        /// <summary>True when it is the other job or waits for it, by way of others or not.</summary>
        public bool WaitsFor(Group other)
        {
            HashSet<Group> seen = [this];
            Stack<Group> open = new([this]);
            while (open.TryPop(out Group? group))
            {
                if (group == other)
                {
                    return true;
                }

                foreach (Group need in group.Needs.Where(seen.Add))
                {
                    open.Push(need);
                }
            }

            return false;
        }
    }
}
