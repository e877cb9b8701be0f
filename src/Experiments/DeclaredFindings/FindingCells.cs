using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Yaml;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>Looks up the cells that findings name.</summary>
/// <param name="profile">The profile; null to read names alone.</param>
/// <param name="tables">Its tables; null where cells cannot be looked up.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class FindingCells(Profile? profile, IReadOnlyList<TableSettings>? tables, ErrorList errors)
{
    /// <summary>The cells that were named and are there, by address.</summary>
    public Dictionary<string, (TableSettings Table, CellSettings Cell)> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>The address of a cell as the profile spells it. A cell that no table has is an error at its place, with the nearest name.</summary>
    public string Find(YamlScalar name)
    {
        string address = profile is null ? name.Value : RowBinder.SizesIn(name.Value, profile);
        Look(name, address);
        return address;
    }

    private void Look(YamlScalar name, string address)
    {
        if (tables is null || profile is null || Found.ContainsKey(address))
        {
            return;
        }

        if (tables.FirstOrDefault(table => address.StartsWith(table.Name + "/", StringComparison.Ordinal)) is not { } table)
        {
            errors.Add(
                name.At, $"The profile '{profile.Name}' has no table with the cell '{Quoted.Of(address)}'.",
                NearestName.Hint(address.Split('/')[0], [.. tables.Select(known => known.Name)]));
            return;
        }

        string cell = address[(table.Name.Length + 1)..];
        if (table.Kind != TableKind.Table)
        {
            errors.Add(name.At, $"'{table.Name}' is a table of {table.Kind}, whose cells are not students.", "Name a cell of an ordinary table.");
        }
        else if (table.Cells.FirstOrDefault(known => known.Address == cell) is { } found)
        {
            Found.Add(address, (table, found));
        }
        else
        {
            errors.Add(
                name.At,
                $"The table '{table.Name}' has no cell '{Quoted.Of(cell)}' in the profile '{profile.Name}'.",
                NearestName.Hint(cell, [.. table.Cells.Select(known => known.Address)]));
        }
    }
}
