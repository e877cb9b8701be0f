using Cake.Core;
using Cake.Core.Diagnostics;

namespace NaturalThoughts.Build.Cake;

/// <summary>Keeps Cake's own headings out of the output: the host prints its own summary, which knows cached tasks.</summary>
internal sealed class SilentPrinter : ICakeReportPrinter
{
    /// <inheritdoc />
    public void Write(CakeReport report)
    {
    }

    /// <inheritdoc />
    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    /// <inheritdoc />
    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    /// <inheritdoc />
    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
