using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Native;
using TorchSharp;

namespace NaturalThoughts.Student.Stages;

/// <summary>Loads torch for a stage and sets what is global in it.</summary>
internal static class TorchSetup
{
    public static void Prepare(StageContext context)
    {
        NativeLibraries.Require(context.Device);
        NativeLibraries.Load();
        torch.set_num_threads(context.Threads);
        if (context.Device != "cpu" && !torch.cuda.is_available())
        {
            throw new UserErrorException(
                $"libtorch finds no device for '{context.Device}' ({NativeLibraries.Describe()}).", "--device", "nvidia-smi lists the devices; use --device=cpu without one.", ExitCode.TargetFailed);
        }
    }
}
