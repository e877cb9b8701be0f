using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Contracts;

/// <summary>What one run of a stage is given.</summary>
public sealed class StageContext
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>The stage's parameters; all of them are part of the key.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>Role to path: of a file, or of a folder where a whole output set is bound (a checkpoint).</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>An empty folder for the outputs.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Receives the stage's progress; null where nobody wants it.</summary>
    public IProgress<StageProgress>? Progress { get; init; }

    /// <summary>Threads that the stage may use; never changes a result.</summary>
    public int Threads { get; init; } = 1;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What a long stage may use to survive being killed; null where nothing is kept.</summary>
    public LongRun? LongRun { get; init; }

    /// <summary>What a stage that calls remote models uses; null for all others.</summary>
    public RemoteCalls? Remote { get; init; }

    /// <summary>Cancelled when the stage should stop.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The parameters as a typed record, camelCase names, unknown members refused.</summary>
    public T Options<T>() =>
        Parameters.Deserialize<T>(Strict) ?? throw new InvalidOperationException("The parameters of a stage are an object.");

    /// <summary>The path that is bound to a role.</summary>
    /// <exception cref="InvalidOperationException">Nothing is bound to it.</exception>
    public string Input(string role) =>
        Inputs.TryGetValue(role, out string? path) ? path : throw new InvalidOperationException($"No input is bound to the role '{role}'.");

    /// <summary>True when an optional role is bound.</summary>
    public bool HasInput(string role) => Inputs.ContainsKey(role);

    /// <summary>The path of an output file.</summary>
    public string Output(string name) => Path.Combine(OutputFolder, name);
}
