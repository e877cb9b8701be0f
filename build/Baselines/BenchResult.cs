using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Baselines;

/// <summary>What a benchmark printed, held to its bounds.</summary>
internal sealed class BenchResult(Bench bench)
{
    private readonly List<MeasuredValue> _values = [];
    private readonly List<UserError> _errors = [];

    /// <summary>All that is wrong, in the order of the lines; complete after <see cref="End"/>.</summary>
    public IReadOnlyList<UserError> Errors => _errors;

    /// <summary>Takes a line that the benchmark printed; one that is not a value says nothing here.</summary>
    public void Take(string line)
    {
        if (!MeasuredValue.IsMeant(line))
        {
            return;
        }

        try
        {
            Take(MeasuredValue.Read(line));
        }
        catch (FormatException e)
        {
            Add($"The line '{Quoted.Of(line)}' is not a measured value: {e.Message}", "Print value, here and unit, and with a peer its name, there and ratio.");
        }
    }

    /// <summary>Takes the exit code. A value that is missing is an error only where the benchmark ended well: else the exit code says why.</summary>
    public void End(int exitCode)
    {
        if (exitCode != 0)
        {
            Add(
                FormattableString.Invariant($"It ended with exit code {exitCode}."),
                bench.Needs is null ? "What it printed says why." : $"What it printed says why; it needs {bench.Needs}.");
            return;
        }

        foreach (Bound bound in bench.Bounds.Where(bound => !_values.Exists(value => value.Value == bound.Value)))
        {
            Add($"The value '{bound.Value}' was not printed.", $"Print it, or take it out of {BenchFile.Path}.");
        }
    }

    /// <summary>A row of the table for each value that was printed; one row for a benchmark that prints none.</summary>
    public IEnumerable<BenchRow> Rows() => _values.Count == 0
        ? [new BenchRow(bench.Name, "", "", "", "", "", _errors.Count == 0 ? BenchRow.Ok : BenchRow.Failed)]
        : _values.Select(Row);

    private BenchRow Row(MeasuredValue value)
    {
        Bound? bound = Find(value);
        return new BenchRow(
            bench.Name,
            value.Value,
            $"{MeasuredValue.Number(value.Here)} {value.Unit}",
            value.There is { } there ? $"{value.Peer}: {MeasuredValue.Number(there)} {value.Unit}" : "",
            value.Ratio is { } ratio ? MeasuredValue.Number(ratio) : "",
            bound?.ToString() ?? "",
            bound is not null && bound.Complaint(value) is null ? BenchRow.Ok : BenchRow.Crossed);
    }

    private void Take(MeasuredValue value)
    {
        bool isSecond = _values.Exists(other => other.Value == value.Value);
        _values.Add(value);
        if (isSecond)
        {
            Add($"The value '{value.Value}' was printed twice.", "Give each value a name of its own.");
        }
        else if (Find(value) is not { } bound)
        {
            string[] known = [.. bench.Bounds.Select(other => other.Value)];
            Add($"The value '{value.Value}' has no bound in {BenchFile.Path}.", known.Length == 0 ? "State it there." : NearestName.Hint(value.Value, known));
        }
        else if (bound.Complaint(value) is { } complaint)
        {
            Add($"The value '{value.Value}' {complaint}.", $"Measure again on a quiet machine; a bound that is wrong is changed in {BenchFile.Path}.");
        }
    }

    private Bound? Find(MeasuredValue value) => bench.Bounds.FirstOrDefault(bound => bound.Value == value.Value);

    private void Add(string message, string hint) => _errors.Add(new UserError(message, bench.Name, hint));
}
