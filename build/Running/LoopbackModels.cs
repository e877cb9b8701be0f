using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Slurm;
using NaturalThoughts.Serving;
using NaturalThoughts.Serving.Hosting;

namespace NaturalThoughts.Build.Running;

/// <summary>
/// The models of <c>serve</c>, behind a free port of this machine for as long as a run lasts. Its endpoints find them by an environment variable.
/// </summary>
internal sealed class LoopbackModels : IAsyncDisposable
{
    private readonly ModelServer _server;
    private readonly string _variable;

    private LoopbackModels(ModelServer server, string variable)
    {
        (_server, _variable) = (server, variable);
        Environment.SetEnvironmentVariable(variable, server.Url);
    }

    /// <summary>Starts to serve; null where the profile serves nothing, somebody else does, or nothing is to be called.</summary>
    /// <param name="session">The plan and the command.</param>
    /// <param name="requested">The targets of the run.</param>
    /// <param name="say">Told where the models are.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public static async Task<LoopbackModels?> StartAsync(Session session, IReadOnlyList<string> requested, Action<string> say, CancellationToken cancellation)
    {
        if (session.Plan.Serve is not { } serve
            || session.Calls.Offline
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(serve.AddressVariable))
            || !MissingTargets.Find(session.Graph, requested, session.Store, session.Keys)
                .Any(address => StageCatalog.Create(session.Graph[address].StageName).Description.CallsModels))
        {
            return null;
        }

        ServeOptions options = new() { Faults = serve.Faults, FaultSeed = serve.World };
        ModelServer server = await ModelServer.StartAsync(ServedWorld.Of(session.Workspace, serve.World), options, cancellation);
        say(
            FormattableString.Invariant(
                $"The models of the world of '{serve.World}' are at {server.Url}; {serve.Faults:P0} of the requests are answered wrongly on purpose."));
        return new LoopbackModels(server, serve.AddressVariable);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(_variable, null);
        await _server.DisposeAsync();
    }
}
