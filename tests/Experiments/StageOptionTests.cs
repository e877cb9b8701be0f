using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Pipeline.Slurm;
using NaturalThoughts.Reporting.DifficultyProxies;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>
/// Keys of YAML against the options that they set: the same names, ranges and defaults, and every option is reached or named with the reason.
/// </summary>
public sealed class StageOptionTests
{
    public static TheoryData<string> Rows => [.. OptionRows.All.Select(row => row.ToString())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_ReachEveryOption_When_YamlSetsAStage(string name)
    {
        OptionRow row = Row(name);
        string[] options = [.. row.Options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name)];
        string[] named = [.. row.Keys.Select(row.NameOf).Concat(row.Unreached.Keys).Select(option => OptionRow.Property(row.Options, option).Name)];

        Assert.Equal(options.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(row.Unchecked.Keys.Concat(row.Narrower.Keys), key => Assert.Contains(key, row.Keys.Select(known => known.Name)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_HaveTheStagesDefault_When_AKeyIsLeftOut(string name)
    {
        OptionRow row = Row(name);
        object options = row.Own(row.With(over: false).Options)!;

        Assert.All(row.Keys.Where(key => !key.IsRequired && !IsRequired(row, key)), key => Assert.True(
            IsSame(key, OptionRow.Property(row.Options, row.NameOf(key)).GetValue(options)),
            $"Without '{key.Name}' YAML has '{key.Default}', the stage '{OptionRow.Property(row.Options, row.NameOf(key)).GetValue(options)}'."));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Should_HaveTheStagesRange_When_AKeyIsGiven(string name)
    {
        OptionRow row = Row(name);
        Assert.Empty(row.With(over: true).Errors);
        foreach (Key key in row.Keys.Where(key => !row.Unchecked.ContainsKey(key.Name)))
        {
            (JsonNode[] inside, JsonNode[] outside) = Values(key);
            Assert.All(inside, value => Assert.True(
                Errors(row, key, value).Length == 0,
                $"The stage refuses '{key.Name}: {value.ToJsonString()}': {string.Join(' ', Errors(row, key, value))}"));

            // Of a key with a narrower range, one limit at least is that of YAML alone.
            bool[] refused = [.. outside.Select(value => Errors(row, key, value).Length > 0)];
            Assert.True(
                refused.All(one => one) != row.Narrower.ContainsKey(key.Name),
                $"The range of '{key.Name}' is {key.Bounds}; of "
                + $"{string.Join(", ", outside.Select(value => value.ToJsonString()))} the stage refuses {string.Join(", ", refused)}.");
        }
    }

    [Fact]
    public void Should_HaveARow_When_AStageHasOptions()
    {
        Type[] rooms =
        [
            typeof(Student.Training.TrainingOptions), typeof(Selection.SelectOptions), typeof(Teaching.TeachOptions), typeof(Sources.Cleaning.CleanOptions),
            typeof(MiniWorld.WorldPoolOptions),
        ];
        IEnumerable<string> options = rooms.SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.Name);
        IEnumerable<string> known = OptionRows.All.Select(row => row.Options.Name).Concat(OptionRows.Without.Keys);

        Assert.Equal(options.Where(IsOptions).Order(StringComparer.Ordinal), known.Where(IsOptions).Order(StringComparer.Ordinal));

        static bool IsOptions(string name) => name.EndsWith("Options", StringComparison.Ordinal);
    }

    [Fact]
    public void Should_HaveTheDefaultsOfTheirSettings_When_NoStageReadsThem()
    {
        SlurmSettings cluster = new();

        Assert.Equal(cluster.Poll.TotalSeconds, ProfileShapes.Cluster["pollSeconds"].Default);
        Assert.Equal(
            ((long)cluster.Exact.Cpus, (long)cluster.Exact.Gpus),
            ((long)ProfileShapes.ClusterJobs["cpus"].Default!, (long)ProfileShapes.ClusterJobs["gpus"].Default!));
        Assert.Equal(new ProxySettings { Signals = [], Targets = [] }.By, TableShapes.Proxies["by"].Default);
        Assert.Equal(new Sources.Recorded.SignalMap().Separator, SourceShapes.AnnotationMap["separator"].Default);
    }

    // What the stage needs has no default of its own.
    private static bool IsRequired(OptionRow row, Key key) =>
        OptionRow.Property(row.Options, row.NameOf(key)).IsDefined(typeof(RequiredMemberAttribute), inherit: false);

    private static OptionRow Row(string name) => OptionRows.All.Single(row => row.ToString() == name);

    private static string[] Errors(OptionRow row, Key key, JsonNode value)
    {
        (_, IEnumerable<UserError> errors) = row.With(over: true, (row.NameOf(key), value.DeepClone()));
        return [.. errors.Select(error => error.Message)];
    }

    // The ends of a range, and what is just outside of them.
    private static (JsonNode[] Inside, JsonNode[] Outside) Values(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text when key.Choices is { } choices:
                return ([.. choices.Select(choice => (JsonNode)choice)], ["none of them"]);
            case KeyKind.Texts when key.Choices is { } choices:
                return ([.. choices.Select(choice => new JsonArray(choice))], [new JsonArray("none of them")]);
            case KeyKind.Flag:
                return ([true, false], []);
            case KeyKind.Integer or KeyKind.Integers:
                long least = (long)key.Bounds.Least, most = (long)key.Bounds.Most;
                JsonNode[] above = most < int.MaxValue ? [Integer(key, most + 1)] : [];
                return ([Integer(key, least), Integer(key, most)], [Integer(key, least - 1), .. above]);
            case KeyKind.Number:
                Bounds bounds = key.Bounds;
                double low = bounds.Least, high = bounds.Most;
                bool isOpen = double.IsInfinity(high);
                JsonNode[] highest = isOpen ? [] : [bounds.IsBelow ? Math.BitDecrement(high) : high];
                JsonNode[] tooHigh = isOpen ? [] : [bounds.IsBelow ? high : Math.BitIncrement(high)];
                return ([bounds.IsAbove ? Math.BitIncrement(low) : low, .. highest], [bounds.IsAbove ? low : Below(low), .. tooHigh]);
            default:
                return ([], []);
        }

        // A step below 0 is so small that a decimal has no room for it.
        static double Below(double low) => low == 0 ? -1e-6 : Math.BitDecrement(low);
    }

    private static JsonNode Integer(Key key, long value) => key.Kind == KeyKind.Integers ? new JsonArray(value) : value;

    // Leaving a key out can say what no value of it says, such as no noise.
    private static bool IsSame(Key key, object? option) => (key.Default, option) switch
    {
        (null, IEnumerable list and not string) => !list.Cast<object>().Any(),
        (null, double number) => !key.Bounds.Holds(number),
        (string or bool or null, _) => Equals(key.Default, option),
        (_, null) => false,
        _ => Convert.ToDouble(key.Default, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(option, CultureInfo.InvariantCulture)),
    };
}
