using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using NaturalThoughts.Student.Training;
using TorchSharp;

namespace NaturalThoughts.Student.Stages;

/// <summary>Loads torch for a stage and sets what is global in it.</summary>
internal static class TorchSetup
{
    public static void Prepare(StageContext context)
    {
        NativeLibraries.Require(context.Device);
        NativeLibraries.Load();
        if (context.Device == "cpu")
        {
            Numerics.RequireVectors();
        }

        // Whoever sets OMP_NUM_THREADS means it. The kernels of the processor give the same bits for any number.
        torch.set_num_threads(
            int.TryParse(Environment.GetEnvironmentVariable(Numerics.ThreadsVariable), out int wanted) && wanted > 0 ? wanted : context.Threads);
        if (context.Device != "cpu" && !torch.cuda.is_available())
        {
            throw new UserErrorException(
                $"libtorch finds no device for '{context.Device}' ({NativeLibraries.Describe()}).", "--device",
                "nvidia-smi lists the devices; use --device=cpu without one.", ExitCode.TargetFailed);
        }
    }

    /// <summary>Where a model that is trained is made.</summary>
    public static Placement Place(StageContext context, TrainingOptions training) =>
        new(new torch.Device(context.Device), Precision.Weights(training.Precision));

    /// <summary>Where a stage's model is made.</summary>
    /// <exception cref="UserErrorException">There is no such precision.</exception>
    public static Placement Place(StageContext context, string? precision, string where) => precision is null || Precision.OfInference.Contains(precision)
        ? Placement.Of(context.Device, precision)
        : throw new UserErrorException($"precision cannot be '{precision}'.", where + ".precision", $"Known: {string.Join(", ", Precision.OfInference)}.");
}
