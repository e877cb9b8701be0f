using NaturalThoughts.Build.CommandLine;

namespace NaturalThoughts.Build.Running;

/// <summary>One command: what was written, and where its lines go.</summary>
/// <param name="Invocation">The command line.</param>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where warnings and failures go.</param>
/// <param name="Cancellation">Asks to stop.</param>
internal sealed record Command(Invocation Invocation, TextWriter Output, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>The checkout: looked for when it is first needed, since some commands need none.</summary>
    /// <exception cref="Contracts.UserErrorException">No folder with experiments/ is found.</exception>
    public Workspace Workspace
    {
        get => field ??= Workspace.Find();
        init;
    }
}
