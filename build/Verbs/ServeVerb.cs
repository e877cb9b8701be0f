using System.Globalization;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Serving;
using NaturalThoughts.Serving.Hosting;
using NaturalThoughts.Serving.Students;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Puts models behind an OpenAI-compatible endpoint until the process is asked to end.</summary>
internal static class ServeVerb
{
    /// <summary>The environment variable with the key that requests must bear; not set for none.</summary>
    public const string KeyVariable = "NATURALTHOUGHTS_SERVE_KEY";

    private const int UsualPort = 8080;

    /// <summary>Serves the world's models or a student.</summary>
    /// <exception cref="UserErrorException">There is no such model, the address cannot be listened on, or the key is none.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        if (command.Invocation.Models is not null)
        {
            return await ServeAsync(command, ServedWorld.Of(command.Workspace, command.Invocation.Profile));
        }

        using StudentModel? student = await ServedStudent.OpenAsync(command);
        return student is null ? ExitCode.TargetFailed : await ServeAsync(command, [student]);
    }

    // Prints the address once requests are answered, and ends in order when it is interrupted.
    private static async Task<ExitCode> ServeAsync(Command command, IReadOnlyList<IServedModel> models)
    {
        (Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        ServeOptions options = new()
        {
            Host = invocation.Host ?? new ServeOptions().Host,
            Port = invocation.Port ?? UsualPort,
            Key = ReadKey(),
            Faults = invocation.Faults ?? 0,
            FaultSeed = invocation.Profile,
            Report = line => error.WriteLine("warning: " + line),
        };
        await using (ModelServer server = await ModelServer.StartAsync(models, options, cancellation))
        {
            foreach (IServedModel model in models)
            {
                await output.WriteLineAsync($"model {model.Id}");
            }

            if (options.Faults > 0)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"faults {options.Faults}"));
            }

            await output.WriteLineAsync($"serving at {server.Url}");
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await output.WriteLineAsync("ended");
        return ExitCode.Done;
    }

    private static string? ReadKey()
    {
        string? key = Environment.GetEnvironmentVariable(KeyVariable)?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        return key.All(c => c is > ' ' and < (char)127)
            ? key
            : throw new UserErrorException(
                "The key has spaces, line breaks or characters that an HTTP header cannot carry.", KeyVariable, "Set the variable to the key alone.");
    }
}
