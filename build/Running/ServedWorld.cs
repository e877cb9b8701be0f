using System.Text.Json;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.MiniWorld;
using NaturalThoughts.Serving;
using NaturalThoughts.Serving.World;

namespace NaturalThoughts.Build.Running;

/// <summary>The models of the world that a profile names.</summary>
internal static class ServedWorld
{
    /// <summary>Reads the profile: its pool, its benchmarks and the teacher; and the prompt files beside it.</summary>
    /// <exception cref="UserErrorException">The YAML is wrong, or the profile's questions or traces are not the world's.</exception>
    public static IReadOnlyList<IServedModel> Of(Workspace workspace, string name)
    {
        Profile profile = ExperimentLoader.Load(new ExperimentFiles(workspace.Experiments, workspace.Checkout, workspace.Data), name).Profile;
        if (profile.Data.Questions.Stage != WorldPoolStage.Name || profile.Data.Teacher.Stage != WorldTeachStage.Name)
        {
            throw new UserErrorException(
                $"The questions or traces of the profile '{name}' are not the embedded world's.", "--profile",
                "Name a profile of the world, such as smoke or mini.");
        }

        return WorldModels.Create(new WorldModelOptions
        {
            Pool = StageParameters.Read<WorldPoolOptions>(profile.Data.Questions.Parameters),
            Benchmarks =
            [
                .. profile.Benchmarks.Where(benchmark => benchmark.Source.Stage == WorldBenchmarkStage.Name)
                    .Select(benchmark => StageParameters.Read<WorldBenchmarkOptions>(benchmark.Source.Parameters)),
            ],
            Teacher = StageParameters.Read<WorldTeachOptions>(profile.Data.Teacher.Parameters),
            Prompts = [.. FolderFiles.In(Path.Combine(workspace.Experiments, "prompts"), "*.txt", SearchOption.AllDirectories).Select(Prompt)],
        });
    }

    // The last line end is the file's, not the prompt's.
    private static string Prompt(string path)
    {
        string text = TextFiles.ReadStrict(path);
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
