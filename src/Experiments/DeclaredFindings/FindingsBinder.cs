using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Binding;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Reporting.Findings;

namespace NaturalThoughts.Experiments.DeclaredFindings;

/// <summary>Turns a file of findings into <see cref="FindingsSettings"/>.</summary>
internal sealed class FindingsBinder
{
    private readonly MapReader _reader;
    private readonly IReadOnlyList<YamlScalar> _profiles;
    private readonly ErrorList _errors;

    public FindingsBinder(YamlMap map, ExperimentFiles files, ErrorList errors)
    {
        _errors = errors;
        _reader = new MapReader(map, "the findings", TableShapes.Findings, errors);
        _profiles = _reader.Texts("profiles");
        TableBinder.Known(_profiles, files.Profiles, "profile", errors);
    }

    /// <summary>Whether the file speaks of a profile.</summary>
    public bool IsFor(string profile) => _profiles.Count == 0 || _profiles.Any(item => item.Value == profile);

    /// <summary>The findings; null after an error, and where they are read for their keys alone.</summary>
    /// <param name="profile">The profile; null to read keys and values alone.</param>
    /// <param name="tables">The profile's tables; null where cells cannot be looked up.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="declaration">Its digest.</param>
    public FindingsSettings? Bind(Profile? profile, IReadOnlyList<TableSettings>? tables, string file, ContentHash declaration)
    {
        int before = _errors.Count;
        string? title = _reader.Text("title");
        string? description = _reader.Text("description");
        string? lockClass = _reader.Text("class");
        double level = _reader.Number("level")!.Value;
        _reader.Text("correction");
        IReadOnlyList<YamlScalar> notes = _reader.Texts("notes");
        Dictionary<string, IReadOnlyList<FindingStratum>> endpoints = FindingEndpointBinder.Bind(_reader, profile);
        FindingCells cells = new(profile, tables, _errors);
        FindingBinder binder = new(profile, cells, endpoints, _errors);
        List<Finding> findings = [.. binder.Bind(_reader, "controls", isControl: true), .. binder.Bind(_reader, "findings", isControl: false)];
        if (_errors.Count > before || profile is null || tables is null)
        {
            return null;
        }

        string[] benchmarks = [.. findings.SelectMany(finding => finding.Strata).Select(stratum => stratum.Benchmark).Distinct(StringComparer.Ordinal)];
        return new FindingsSettings
        {
            File = file,
            Declaration = declaration,
            Title = title!,
            Description = description!,
            Class = lockClass!,
            Level = level,
            Findings = findings,
            Cells = [.. cells.Found.Values],
            Benchmarks = [.. profile.Benchmarks.Where(benchmark => benchmarks.Contains(benchmark.Name))],
            Notes = [.. notes.Select(note => note.Value)],
        };
    }
}
