using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>Puts the identities of a folder of compiled libraries together.</summary>
internal static class IdentityBuilder
{
    public static CodeIdentity Build(string binFolder, string sourceRoot)
    {
        SortedDictionary<string, LibraryReader> libraries = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(binFolder, CodeIdentity.ProjectPrefix + "*.dll").Order(StringComparer.Ordinal))
        {
            LibraryReader library = LibraryReader.Read(path);
            libraries.Add(library.Name, library);
        }

        Dictionary<string, string> projects = Directory
            .EnumerateFiles(sourceRoot, CodeIdentity.ProjectPrefix + "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        return new CodeIdentity(libraries.Values.Select(library => Identity(library, libraries, projects)));
    }

    private static LibraryIdentity Identity(
        LibraryReader library, SortedDictionary<string, LibraryReader> libraries, Dictionary<string, string> projects)
    {
        SortedSet<string> closure = new(StringComparer.Ordinal);
        Add(library);
        SortedDictionary<string, ContentHash> types = new(StringComparer.Ordinal);
        foreach (string name in closure)
        {
            foreach ((string type, ContentHash digest) in libraries[name].Types)
            {
                types.Add(name + "/" + type, digest);
            }
        }

        string lockFile = projects.TryGetValue(library.Name, out string? project) ? Path.Combine(Path.GetDirectoryName(project)!, PackageHashes.FileName) : "";
        return new LibraryIdentity
        {
            Name = library.Name,
            Types = types,
            Packages = File.Exists(lockFile) ? PackageHashes.Read(lockFile) : new(StringComparer.Ordinal),
            References = [.. closure.Where(name => name != library.Name)],
        };

        void Add(LibraryReader next)
        {
            if (closure.Add(next.Name))
            {
                foreach (string reference in next.References)
                {
                    Add(libraries.TryGetValue(reference, out LibraryReader? found)
                        ? found
                        : throw new FileNotFoundException($"'{next.Name}' references '{reference}', which is not in the folder."));
                }
            }
        }
    }
}
