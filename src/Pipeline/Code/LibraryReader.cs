using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>What one compiled library says of itself, normalised: type digests and the project libraries that it references.</summary>
internal sealed record LibraryReader(string Name, IReadOnlyDictionary<string, ContentHash> Types, IReadOnlyList<string> References)
{
    public static LibraryReader Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using PEReader image = new(stream, PEStreamOptions.PrefetchEntireImage);
        MetadataReader reader = image.GetMetadataReader();
        return new LibraryReader(
            reader.GetString(reader.GetAssemblyDefinition().Name),
            TypesOf(image, reader),
            [.. reader.AssemblyReferences
                .Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))
                .Where(name => name.StartsWith(CodeIdentity.ProjectPrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]);
    }

    private static SortedDictionary<string, ContentHash> TypesOf(PEReader image, MetadataReader reader)
    {
        TypeText spelling = new(image, reader);
        Dictionary<string, string> anonymous = AnonymousTypes(reader);
        SortedDictionary<string, List<string>> groups = new(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            // Nested types belong to their outermost one: closures and state machines are how its methods are written.
            string name = SignatureNames.Of(reader, handle).Split('/')[0];
            name = CompilerNames.WithMembers(CompilerNames.WithoutPaths(name), anonymous);
            if (!groups.TryGetValue(name, out List<string>? members))
            {
                groups.Add(name, members = []);
            }

            members.AddRange(spelling.Members(handle).Select(member => CompilerNames.WithMembers(CompilerNames.WithoutPaths(member), anonymous)));
        }

        SortedDictionary<string, ContentHash> types = new(StringComparer.Ordinal);
        foreach ((string name, List<string> members) in groups)
        {
            types.Add(name, ContentHash.OfText(name + "\n" + string.Join('\n', CompilerNames.Renumber(members).Order(StringComparer.Ordinal))));
        }

        foreach (ManifestResource resource in reader.ManifestResources.Select(reader.GetManifestResource).Where(resource => resource.Implementation.IsNil))
        {
            types.Add("resource " + reader.GetString(resource.Name), ContentHash.Of(Bytes(image, resource)));
        }

        return types;
    }

    private static byte[] Bytes(PEReader image, ManifestResource resource)
    {
        BlobReader data = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
        data.Offset = (int)resource.Offset;
        return data.ReadBytes(data.ReadInt32());
    }

    private static Dictionary<string, string> AnonymousTypes(MetadataReader reader)
    {
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            if (CompilerNames.AnonymousNumber(reader.GetString(type.Name)) is { } number)
            {
                members[number] = string.Join(',', type.GetProperties().Select(property => reader.GetString(reader.GetPropertyDefinition(property).Name)));
            }
        }

        return members;
    }
}
