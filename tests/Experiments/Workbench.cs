using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Tests;

/// <summary>A copy of the valid fixtures, to be changed by a test.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("checkout-");
    private readonly DirectoryInfo _folder;

    public Workbench()
    {
        _folder = _root.CreateSubdirectory("experiments");
        Lay(Path.Combine(Fixtures, "valid"));
    }

    /// <summary>The checkout's root, from which paths in YAML count.</summary>
    public string Root => _root.FullName;

    public static string Fixtures { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>The real experiments of the repository.</summary>
    public static string Repository
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "NaturalThoughts.slnx")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "experiments");
        }
    }

    /// <summary>Copies files over those that are there.</summary>
    public void Lay(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_folder.FullName, Path.GetRelativePath(folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
        }
    }

    public void Lay(string path, string name) => File.Copy(path, Path.Combine(_folder.FullName, name), overwrite: true);

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    /// <summary>Replaces a text that is in a file exactly once.</summary>
    public void Change(string name, string from, string to)
    {
        string path = Path.Combine(_folder.FullName, name);
        string[] parts = File.ReadAllText(path).Split(from);
        Assert.Equal(2, parts.Length);
        File.WriteAllText(path, string.Join(to, parts));
    }

    public ExperimentSet Load(string profile = "tiny") => ExperimentLoader.Load(_folder.FullName, profile);

    public UserErrorException Fails(string profile = "tiny") => Assert.Throws<UserErrorException>(() => Load(profile));

    public ExperimentPlan Plan(string profile = "tiny") => Planner.Plan(Load(profile), "portable/probe");

    public void Dispose() => _root.Delete(recursive: true);
}
