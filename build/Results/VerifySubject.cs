using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Reporting.Locks;

namespace NaturalThoughts.Build.Results;

/// <summary>What a Verify is about: a whole table, a cell of it, or one seed of a cell.</summary>
/// <param name="Table">The table.</param>
/// <param name="Cell">The cell's address below the table; null for the whole table.</param>
/// <param name="Seeds">The seeds of the cell; none for a cell that the plan does not have.</param>
internal sealed record VerifySubject(TablePlan Table, string? Cell, IReadOnlyList<int> Seeds)
{
    /// <summary>The address as a user writes it.</summary>
    public string Name => Cell is null ? Table.Name : Table.Name + "/" + Cell;

    /// <summary>False for a table that only the report needs: it is verified, and never accepted.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>
    /// The subjects that a command line names; Table1 where it names none. <c>Report</c> is no table: it needs all tables of the profile that have a
    /// lock, since it shows answers of whatever the store has. These come last, and are not <see cref="IsNamed"/>.
    /// </summary>
    /// <exception cref="UserErrorException">There is no such table or cell.</exception>
    public static IReadOnlyList<VerifySubject> All(Session session)
    {
        IReadOnlyList<string> named = session.Invocation.Addresses;
        IEnumerable<string> names = named.Count == 0 ? ["Table1"] : named.Distinct().Where(name => name != nameof(VerbName.Report));
        VerifySubject[] subjects = [.. names.Select(name => Find(session, name, "Verify"))];
        IEnumerable<TablePlan> others = !named.Contains(nameof(VerbName.Report)) ? []
            : session.Plan.Tables.Where(table => File.Exists(TableFiles.LockOf(session, table)) && subjects.All(subject => subject.Name != table.Name));
        return [.. subjects, .. others.Select(table => new VerifySubject(table, null, []) { IsNamed = false })];
    }

    /// <summary>A cell or one seed of it, as the plan has it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">What the user typed.</param>
    /// <param name="verb">The verb that it was given to.</param>
    /// <exception cref="UserErrorException">There is no such cell.</exception>
    public static VerifySubject PlannedCell(Session session, string name, string verb)
    {
        VerifySubject subject = Find(session, name, verb);
        return subject.Cell is not null && subject.Seeds.Count > 0
            ? subject
            : throw new UserErrorException(
                $"'{name}' is not a cell.", verb, "Name a cell or a seed of one, such as Table1/Random/1000/System2/seed1; --description lists the cells.");
    }

    /// <summary>The targets that it takes.</summary>
    public IReadOnlyList<string> Targets(Session session) => Cell is null ? [Table.Address] : [.. Grades(session).Values];

    /// <summary>(benchmark, seed) to the target that makes the cell's grades.</summary>
    public IReadOnlyDictionary<(string Benchmark, int Seed), string> Grades(Session session)
    {
        TableCells cells = new(session.Graph[Table.Address]);
        return (Seeds.Count == 0 ? [] : cells.BenchmarksOf(Cell!)).SelectMany(benchmark => Seeds.Select(seed => (benchmark, seed)))
            .ToDictionary(key => key, key => cells.Grades(Cell!, key.benchmark, key.seed));
    }

    private static VerifySubject Find(Session session, string name, string verb)
    {
        if (session.Plan.Tables.FirstOrDefault(table => table.Name == name) is { } whole)
        {
            return new VerifySubject(whole, null, []);
        }

        if (session.Plan.Tables.FirstOrDefault(table => name.StartsWith(table.Name + "/", StringComparison.Ordinal)) is not { } table)
        {
            throw new UserErrorException($"There is no table '{name}'.", verb, NearestName.Hint(name, [.. session.Plan.Tables.Select(known => known.Name)]));
        }

        string cell = name[(table.Name.Length + 1)..];
        IReadOnlyDictionary<string, IReadOnlyList<int>> cells = new TableCells(session.Graph[table.Address]).Seeds;
        if (cells.TryGetValue(cell, out IReadOnlyList<int>? seeds))
        {
            return new VerifySubject(table, cell, seeds);
        }

        foreach ((string known, IReadOnlyList<int> all) in cells)
        {
            foreach (int seed in all.Where(seed => cell == known + "/" + Provenance.Seed(seed)))
            {
                return new VerifySubject(table, known, [seed]);
            }
        }

        // A row that was taken out of the YAML: the lock still has it.
        return File.Exists(TableFiles.LockOf(session, table)) && ResultLock.Read(TableFiles.LockOf(session, table)).Body["cells"]![cell] is not null
            ? new VerifySubject(table, cell, [])
            : throw new UserErrorException(
                $"There is no cell '{name}' in the profile '{session.Plan.Profile}'.",
                verb,
                NearestName.Find(cell, cells.Keys) is { } nearest ? $"Did you mean '{table.Name}/{nearest}'?" : "--description lists the cells.");
    }
}
