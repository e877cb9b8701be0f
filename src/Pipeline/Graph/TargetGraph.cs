using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Graph;

/// <summary>A validated plan: targets by address, without duplicates, dangling references or cycles.</summary>
public sealed class TargetGraph
{
    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _dependencies = new(StringComparer.Ordinal);
    private readonly TargetDefinitions _definitions;

    /// <summary>Checks and orders the targets.</summary>
    /// <exception cref="UserErrorException">All duplicates and unknown references at once; or the cycles, drawn as a -> b -> a.</exception>
    public TargetGraph(IEnumerable<Target> targets)
    {
        List<UserError> errors = [];
        Dictionary<string, string> spellings = new(StringComparer.OrdinalIgnoreCase);
        foreach (Target target in targets)
        {
            if (spellings.TryGetValue(target.Address, out string? other))
            {
                errors.Add(other == target.Address
                    ? new UserError($"The target '{target.Address}' is defined twice.", null, "Give each target an address of its own.")
                    : new UserError($"The targets '{other}' and '{target.Address}' differ in case only.", null, "Rename one of them."));
                continue;
            }

            spellings.Add(target.Address, target.Address);
            _targets.Add(target.Address, target);
            _dependencies.Add(target.Address, target.Dependencies);
        }

        foreach (Target target in _targets.Values)
        {
            foreach (string missing in _dependencies[target.Address].Where(address => !_targets.ContainsKey(address)))
            {
                errors.Add(new UserError(
                    $"The target '{target.Address}' reads from '{missing}', which does not exist.", null, NearestName.Hint(missing, _targets.Keys)));
            }
        }

        Throw(errors);
        Order = Sort(errors);
        Throw(errors);
        _definitions = new TargetDefinitions(_targets);
    }

    /// <summary>All addresses, each after everything that it reads from; the order of definition where that leaves a choice.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>The target at an address.</summary>
    /// <exception cref="UserErrorException">There is none; the hint names the nearest.</exception>
    public Target this[string address] =>
        _targets.TryGetValue(address, out Target? target)
            ? target
            : throw new UserErrorException($"There is no target '{address}'.", null, NearestName.Hint(address, _targets.Keys));

    /// <summary>True when there is a target at the address.</summary>
    public bool Contains(string address) => _targets.ContainsKey(address);

    /// <summary>The addresses that a target reads from, in ordinal order.</summary>
    public IReadOnlyList<string> DependenciesOf(string address) => _dependencies[this[address].Address];

    /// <summary>What a target is made of: see <see cref="TargetDefinitions"/>.</summary>
    /// <exception cref="UserErrorException">There is no target at the address.</exception>
    public ContentHash DefinitionOf(string address) => _definitions.Of(this[address].Address);

    /// <summary>The given targets and all that they need, in topological order.</summary>
    /// <exception cref="UserErrorException">One of the addresses is unknown.</exception>
    public IReadOnlyList<string> Closure(IEnumerable<string> addresses)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> open = new(addresses.Select(address => this[address].Address));
        while (open.TryPop(out string? address))
        {
            if (needed.Add(address))
            {
                foreach (string dependency in _dependencies[address])
                {
                    open.Push(dependency);
                }
            }
        }

        return [.. Order.Where(needed.Contains)];
    }

    private static void Throw(List<UserError> errors)
    {
        if (errors.Count > 0)
        {
            throw new UserErrorException(errors);
        }
    }

    private List<string> Sort(List<UserError> errors)
    {
        List<string> order = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        HashSet<string> onPath = new(StringComparer.Ordinal);
        foreach (string start in _targets.Keys)
        {
            // Depth first with an explicit stack: a plan may be deeper than the call stack.
            List<(string Address, int Next)> path = [];
            Enter(start);
            while (path.Count > 0)
            {
                (string address, int next) = path[^1];
                if (next == _dependencies[address].Count)
                {
                    path.RemoveAt(path.Count - 1);
                    onPath.Remove(address);
                    order.Add(address);
                    continue;
                }

                path[^1] = (address, next + 1);
                string dependency = _dependencies[address][next];
                if (onPath.Contains(dependency))
                {
                    IEnumerable<string> cycle = path.Select(step => step.Address).SkipWhile(step => step != dependency).Append(dependency);
                    errors.Add(new UserError("These targets wait for each other: " + string.Join(" -> ", cycle) + ".", null, "Remove one of the links."));
                }
                else
                {
                    Enter(dependency);
                }
            }

            void Enter(string address)
            {
                if (done.Add(address))
                {
                    path.Add((address, 0));
                    onPath.Add(address);
                }
            }
        }

        return order;
    }
}
