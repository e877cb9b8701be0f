using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Serving.Students;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Serves a student: a folder in Hugging Face layout, or a target of the profile, which is made where it is not cached.</summary>
internal static class ServedStudent
{
    private const string Example = "--target=Serve Table1/Random/1000/System2/seed1, or a folder in Hugging Face layout";

    /// <summary>Loads it; null where its target failed, which is then said.</summary>
    /// <exception cref="UserErrorException">The address names no student, or its files cannot be used.</exception>
    public static async Task<StudentModel?> OpenAsync(Command command)
    {
        Invocation invocation = command.Invocation;
        string[] addresses = [.. invocation.Addresses];
        StudentModel? model = addresses is [string folder] && File.Exists(Path.Combine(folder, CheckpointFolder.Config))
            ? await LoadAsync(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), folder, invocation)
            : await MakeAsync(command);
        if (model?.Warning.Length > 0)
        {
            await command.Error.WriteLineAsync($"warning: no chat completions: {model.Warning}");
        }

        return model;
    }

    private static async Task<StudentModel?> MakeAsync(Command command)
    {
        Invocation invocation = command.Invocation;
        await using Session session = await Session.OpenAsync(command);
        string target = StudentTarget.Of(session, "Serve", Example);
        RunReport report = await session.RunAsync([target]);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, command.Error, invocation.Verbosity);
            return null;
        }

        // Beside the store: weights may be large, and the system's temporary folder small. Once they are read nobody needs the copy.
        DirectoryInfo copy = Directory.CreateDirectory(Path.Combine(command.Workspace.Served, Path.GetRandomFileName()));
        try
        {
            StudentTarget.Restore(session, report[target].Record!, name => PathOf(copy.FullName, name));
            return File.Exists(Path.Combine(copy.FullName, CheckpointFolder.Config))
                ? await LoadAsync(target, copy.FullName, invocation)
                : throw new UserErrorException($"'{target}' is not a student: it has no {CheckpointFolder.Config}.", "Serve", $"Write {Example}.");
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    // Adapters lie in a folder of their own.
    private static string PathOf(string folder, string name)
    {
        string path = Path.Combine(folder, Path.Combine(name.Split('/')));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static Task<StudentModel> LoadAsync(string name, string folder, Invocation invocation) =>
        StudentModel.LoadAsync(name, folder, invocation.Device, invocation.Jobs);
}
