using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Native;
using TorchSharp;

namespace NaturalThoughts.Student.Stages;

/// <summary>Loads torch for a stage and sets what is global in it.</summary>
internal static class TorchSetup
{
    public static void Prepare(StageContext context)
    {
        NativeLibraries.Load();
        torch.set_num_threads(context.Threads);
        if (context.Device != "cpu" && !torch.cuda.is_available())
        {
            throw new UserErrorException(
                $"The device '{context.Device}' is not available: libtorch is the CPU build.", "--device", "Use --device=cpu.", ExitCode.TargetFailed);
        }
    }
}
