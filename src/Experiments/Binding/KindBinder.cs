using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Protocols;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds what tables of a kind other than the usual one have: <c>proxies</c> and <c>protocols</c>.</summary>
internal static class KindBinder
{
    // Stands for all protocols that read an option's letter.
    private const string Letters = "letters";

    /// <summary>Reports a key that belongs to another kind of table.</summary>
    public static void CheckKeys(MapReader table, string kind)
    {
        foreach (string key in new[] { TableKind.Proxies, TableKind.Protocols }.Where(key => key != kind && table.Find(key) is not null))
        {
            table.Errors.Add(table.AtOf(key), $"A table of the kind '{kind}' has no '{key}'.", $"Write 'kind: {key}', or remove the key.");
        }

        if (kind != TableKind.Table && table.Find("family") is not null)
        {
            table.Errors.Add(table.AtOf("family"), $"A table of the kind '{kind}' has no 'family'.", "Remove the key.");
        }
    }

    /// <summary>The signals of a table of proxies; null after an error.</summary>
    public static ProxySettings? Proxies(MapReader table, IReadOnlyList<CellSettings> cells)
    {
        if (table.Map("proxies", required: true) is not { } reader)
        {
            return null;
        }

        int before = reader.Errors.Count;
        string? by = reader.Text("by");
        IReadOnlyList<YamlScalar> targets = reader.Texts("targets");
        List<ProxySignal> signals = [];
        foreach ((YamlScalar name, YamlNode value) in reader.Entries("signals"))
        {
            if (NodeReader.Map(value, name.Value, reader.Errors) is not { } map)
            {
                continue;
            }

            MapReader signal = new(map, $"the signal '{name.Value}'", TableShapes.Signal, reader.Errors);
            string[] kinds = [.. TableShapes.Signal.Names.Where(kind => signal.Find(kind) is not null)];
            if (kinds.Length == 1)
            {
                signals.Add(new ProxySignal(name.Value, kinds[0], [.. signal.Texts(kinds[0]).Select(model => model.Value)]));
            }
            else if (reader.Errors.Count == before)
            {
                reader.Errors.Add(
                    value.At, $"The signal '{name.Value}' has {kinds.Length} kinds.",
                    $"Give one of {string.Join(", ", TableShapes.Signal.Names)} with its models.");
            }
        }

        if (reader.Errors.Count > before)
        {
            return null;
        }

        ProxySettings settings = new() { Signals = signals, Targets = [.. targets.Select(target => target.Value)] };
        settings = by is null ? settings : settings with { By = by };
        foreach (UserError error in settings.Validate([.. cells.Select(cell => cell.Address)]))
        {
            reader.Errors.Add(reader.At, error.Message, error.Hint!);
        }

        return settings;
    }

    /// <summary>The protocols of a table of protocols; none after an error.</summary>
    public static IReadOnlyList<string> Protocols(MapReader table)
    {
        if (table.Require("protocols") is YamlScalar { Value: Letters })
        {
            return ProtocolCatalog.LetterIds;
        }

        IReadOnlyList<YamlScalar> protocols = table.Texts("protocols");
        TableBinder.Known(protocols, GradingProtocol.Names, "grading protocol", table.Errors);
        if (protocols.Count == 1)
        {
            table.Errors.Add(
                table.AtOf("protocols"), "A spread needs two protocols or more.", $"Name two or more, or write '{Letters}' for all that read a letter.");
        }

        return [.. protocols.Select(protocol => protocol.Value)];
    }
}
