using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>Binds single findings.</summary>
/// <param name="profile">The profile; null to read keys and values alone.</param>
/// <param name="cells">Looks up the cells that they name.</param>
/// <param name="endpoints">Name to benchmarks.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class FindingBinder(
    Profile? profile, FindingCells cells, IReadOnlyDictionary<string, IReadOnlyList<FindingStratum>> endpoints, ErrorList errors)
{
    private const string ControlFamily = "controls";
    private const string UsualFamily = "primary";
    private readonly List<YamlScalar> _ids = [];

    /// <summary>The findings of a list.</summary>
    public IReadOnlyList<Finding> Bind(MapReader file, string key, bool isControl)
    {
        if ((isControl ? file.Find(key) : file.Require(key)) is not { } node)
        {
            return [];
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            errors.Add(node.At, node is YamlList ? $"The list '{key}' is empty." : $"'{key}' must be a list, not {node.InWords}.", "Write '- id:' below it.");
            return [];
        }

        return [.. list.Items.Select(item => NodeReader.Map(item, key, errors)).OfType<YamlMap>().Select(map => One(map, isControl)).OfType<Finding>()];
    }

    private Finding? One(YamlMap map, bool isControl)
    {
        int before = errors.Count;
        MapReader reader = new(map, isControl ? "a control" : "a finding", TableShapes.Finding, errors);
        string? id = Id(reader);
        string? statement = reader.Text("statement");
        string? seen = reader.Text("seen");
        string? paper = reader.Text("paper");
        string family = reader.Text("family") ?? (isControl ? ControlFamily : UsualFamily);
        if (!isControl && family == ControlFamily)
        {
            errors.Add(reader.AtOf("family"), $"The family '{ControlFamily}' is that of positive controls.", "Choose another name.");
        }

        string form = reader.Text("as")!;
        string measure = reader.Text("measure")!;
        string? direction = reader.Text("direction");
        double reference = reader.Number("reference") ?? (form == FindingForm.Ratio ? 1 : 0);
        double? smallest = reader.Number("smallest");
        FindingChoice? best = Best(reader);
        IReadOnlyList<FindingTerm> terms = Terms(reader, form, best);
        IReadOnlyList<FindingStratum> strata = Strata(reader);
        (IReadOnlyList<string> plus, IReadOnlyList<string> minus) = Levels(reader);
        IReadOnlyList<int> seeds = reader.Integers("seeds");
        CheckBenchmarks(reader, [.. terms.Select(term => term.Cell), .. best?.Of ?? []], strata);
        if (form == FindingForm.Chord)
        {
            CheckChord(reader, measure, strata);
        }

        if (errors.Count > before)
        {
            return null;
        }

        Finding finding = new()
        {
            Id = id!,
            Statement = statement!,
            Paper = paper,
            Family = family,
            IsControl = isControl,
            Seen = seen!,
            Measure = measure,
            As = form,
            Direction = direction!,
            Reference = reference,
            Smallest = smallest!.Value,
            Terms = terms,
            Best = best,
            Strata = strata,
            PlusLevels = plus,
            MinusLevels = minus,
            Seeds = seeds,
        };
        CheckSeeds(reader, finding);
        return errors.Count > before ? null : finding;
    }

    private string? Id(MapReader reader)
    {
        if (reader.Text("id") is not { } id)
        {
            return null;
        }

        YamlScalar scalar = (YamlScalar)reader.Find("id")!;
        if (id.Length > 40 || !char.IsAsciiLetter(id[0]) || id.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
        {
            errors.Add(scalar.At, $"A finding cannot be called '{Quoted.Of(id)}'.", "Use a letter, then letters, digits and '-', at most 40.");
        }

        if (_ids.FirstOrDefault(other => string.Equals(other.Value, id, StringComparison.OrdinalIgnoreCase)) is { } twice)
        {
            errors.Add(scalar.At, $"There are two findings '{Quoted.Of(id)}', the other one at {twice.At}.", "Give one of them another id.");
        }

        _ids.Add(scalar);
        return id;
    }

    private FindingChoice? Best(MapReader reader)
    {
        if (reader.Map("best") is not { } map)
        {
            return null;
        }

        List<string> candidates = [];
        foreach (YamlScalar name in map.Texts("of"))
        {
            string address = cells.Find(name);
            if (candidates.Contains(address))
            {
                errors.Add(name.At, $"The cell '{Quoted.Of(address)}' appears twice among those to choose from.", "Leave it out once.");
            }

            candidates.Add(address);
        }

        if (candidates.Count == 1)
        {
            errors.Add(map.AtOf("of"), "The best of one cell is no choice.", $"Name the cell in 'contrast' in place of '{FindingChoice.Term}'.");
        }

        return new FindingChoice(candidates, map.Integers("seeds"));
    }

    private List<FindingTerm> Terms(MapReader reader, string form, FindingChoice? best)
    {
        List<FindingTerm> terms = [];
        foreach ((YamlScalar name, YamlNode value) in reader.Entries("contrast"))
        {
            double weight = NodeReader.Number(value, name.Value, reader.Shape["contrast"].Value!.Bounds, errors) ?? 1;
            if (weight == 0)
            {
                errors.Add(value.At, $"The weight of '{Quoted.Of(name.Value)}' is 0.", "Leave the cell out.");
            }

            string address = name.Value == FindingChoice.Term ? name.Value : cells.Find(name);
            if (name.Value == FindingChoice.Term && reader.Find("best") is null)
            {
                errors.Add(
                    name.At, $"The contrast has the term '{FindingChoice.Term}', but nothing says what it is the best of.",
                    "Add best: {of: [CELL, ...], seeds: [...]}.");
            }

            if (terms.Any(term => term.Cell == address) || best?.Of.Contains(address) == true)
            {
                errors.Add(name.At, $"The cell '{Quoted.Of(address)}' appears twice in the contrast.", "Add its weights up.");
            }

            terms.Add(new FindingTerm(address, weight));
        }

        if (best is not null && terms.Count > 0 && terms.All(term => term.Cell != FindingChoice.Term))
        {
            errors.Add(reader.AtOf("best"), "'best' is chosen, but the contrast has no such term.", $"Write '{FindingChoice.Term}: 1' into it.");
        }

        double[] weights = [.. terms.Select(term => term.Weight)];
        if (form == FindingForm.Ratio && terms.Count > 0 && weights is not [1, -1])
        {
            errors.Add(
                reader.AtOf("contrast"), "A ratio has two cells: the numerator with weight 1, then the denominator with weight -1.",
                "Write {A: 1, B: -1}, or leave 'as: ratio' out.");
        }

        if (form == FindingForm.Chord && terms.Count > 0 && weights is not [1, -1, -1])
        {
            errors.Add(
                reader.AtOf("contrast"), "A chord has three cells: the one that is looked at with weight 1, then the two ends of the line with weight -1 each.",
                "Write {A: 1, B: -1, C: -1}, or leave 'as: chord' out.");
        }

        return terms;
    }

    // Weights of levels and benchmarks would count for tokens, too: a difference of heights is not the height of differences.
    private void CheckChord(MapReader reader, string measure, IReadOnlyList<FindingStratum> strata)
    {
        if (measure == FindingMeasure.Tokens)
        {
            errors.Add(reader.AtOf("measure"), "A chord is a line over tokens, and cannot be made of them.", "Choose another measure.");
        }

        if (reader.Find("levels") is { } levels)
        {
            errors.Add(levels.At, "A chord cannot be the difference between levels.", "Leave 'levels' out.");
        }

        if (strata.Any(stratum => stratum.Weight < 0))
        {
            errors.Add(reader.AtOf("endpoint"), "A chord cannot be the difference between benchmarks.", "Choose an endpoint without negative weights.");
        }
    }

    private IReadOnlyList<FindingStratum> Strata(MapReader reader)
    {
        if (reader.Text("endpoint") is not { } name || profile is null)
        {
            return [];
        }

        if (endpoints.TryGetValue(name, out IReadOnlyList<FindingStratum>? strata))
        {
            return strata;
        }

        errors.Add(reader.AtOf("endpoint"), $"There is no endpoint '{Quoted.Of(name)}'.", NearestName.Hint(name, [.. endpoints.Keys]));
        return [];
    }

    private void CheckBenchmarks(MapReader reader, IReadOnlyList<string> names, IReadOnlyList<FindingStratum> strata)
    {
        foreach (string name in names.Where(cells.Found.ContainsKey))
        {
            TableSettings table = cells.Found[name].Table;
            foreach (FindingStratum stratum in strata.Where(stratum => table.Benchmarks.All(known => known.Name != stratum.Benchmark)))
            {
                errors.Add(
                    reader.AtOf("endpoint"),
                    $"The table '{table.Name}' of '{name}' has no benchmark '{stratum.Benchmark}', which the endpoint has.",
                    NearestName.Hint(stratum.Benchmark, [.. table.Benchmarks.Select(known => known.Name)]));
            }
        }
    }

    private (IReadOnlyList<string> Plus, IReadOnlyList<string> Minus) Levels(MapReader reader)
    {
        if (reader.Map("levels") is not { } levels)
        {
            return ([], []);
        }

        string[] plus = [.. levels.Texts("plus").Select(item => item.Value)], minus = [.. levels.Texts("minus").Select(item => item.Value)];
        foreach (string twice in plus.Intersect(minus))
        {
            errors.Add(levels.At, $"The level '{Quoted.Of(twice)}' is on both sides.", "Leave it out on one of them.");
        }

        return (plus, minus);
    }

    private void CheckSeeds(MapReader reader, Finding finding)
    {
        foreach (string name in finding.Cells.Where(cells.Found.ContainsKey))
        {
            (TableSettings table, CellSettings cell) = cells.Found[name];
            IReadOnlyList<int> own = cell.Replicates ?? table.Replicates;
            IReadOnlyList<int> choice = finding.Best?.Seeds ?? [];
            string has = $"It has {string.Join(", ", own)}.";
            if (finding.Seeds.Count > 0 && !own.Intersect(finding.Seeds).Any())
            {
                errors.Add(reader.AtOf("seeds"), $"'{name}' has none of these seeds.", has);
            }
            else if (!own.Any(finding.Counts))
            {
                errors.Add(reader.AtOf("best"), $"'{name}' has no seeds left to be tested on.", has);
            }

            // Cells with fewer replicates would be chosen for their noise.
            if (finding.Best?.Of.Contains(name) == true && choice.Except(own).ToArray() is { Length: > 0 } missing)
            {
                errors.Add(reader.AtOf("best"), $"'{name}' cannot be chosen on seeds that it does not have: {string.Join(", ", missing)}.", has);
            }
        }
    }
}
