using System.Globalization;
using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;
using NaturalThoughts.Serving;
using NaturalThoughts.Serving.Hosting;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Puts models behind an OpenAI-compatible endpoint until the process is asked to end.</summary>
internal static class ServeVerb
{
    /// <summary>The environment variable with the key that requests must bear; not set for none.</summary>
    public const string KeyVariable = "NATURALTHOUGHTS_SERVE_KEY";

    private const int UsualPort = 8080;

    /// <summary>Prints the address once requests are answered, and ends in order when it is interrupted.</summary>
    /// <exception cref="UserErrorException">The address cannot be listened on, or the key is none.</exception>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<IServedModel> models, Invocation invocation, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
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
            : throw new UserErrorException("The key holds blanks, line breaks or letters that no header can carry.", KeyVariable, "Set the variable to the key alone.");
    }
}
