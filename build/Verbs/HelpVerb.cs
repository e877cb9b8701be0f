using NaturalThoughts.Build.CommandLine;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Prints the verbs and switches.</summary>
internal static class HelpVerb
{
    /// <summary>Writes the help text.</summary>
    public static async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync("./build.sh --target=Table1 [--profile=mini] [switches]");
        await output.WriteLineAsync();
        foreach (Switch item in Switch.All)
        {
            await output.WriteLineAsync($"  {item.Usage + (item.Short is null ? "" : ", -" + item.Short),-28} {item.FullHelp}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync("Verbs, beside the tables, cells and targets that --description lists:");
        foreach (Verb verb in Verb.All)
        {
            await output.WriteLineAsync($"  {verb.Name + (verb.Arguments is null ? "" : " " + verb.Arguments),-28} {verb.Description}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(
            "Exit codes: 0 done; 1 a target failed; 2 usage, configuration or a wrong file of yours; 3 a lock does not hold; 130 interrupted.");
    }
}
