using System.Text.Json.Nodes;
using NaturalThoughts.Student.Training;

namespace NaturalThoughts.Experiments;

/// <summary>
/// A recipe of training: the parameters that a stage is given, in which what changes nothing is left out, and the options that it reads in them.
/// </summary>
public sealed class TrainingSettings
{
    private const string Epochs = "epochs";
    private readonly JsonObject _parameters;

    /// <param name="parameters">The parameters; of fine-tuning, the epochs of a size are set by <see cref="For"/>.</param>
    internal TrainingSettings(JsonObject parameters)
    {
        _parameters = parameters.DeepClone().AsObject();
        _parameters.TryAdd(Epochs, 1);
        Options = StageParameters.Read<TrainingOptions>(_parameters);
    }

    /// <summary>The recipe as a stage reads it.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The recipe with other epochs: how often training sees each example.</summary>
    public TrainingSettings For(int epochs)
    {
        JsonObject parameters = ToJson();
        parameters[Epochs] = epochs;
        return new TrainingSettings(parameters);
    }

    /// <summary>A copy of the parameters.</summary>
    public JsonObject ToJson() => _parameters.DeepClone().AsObject();
}
