namespace NaturalThoughts.Pipeline.Code;

internal static class IdentityBuilder
{
    public static CodeIdentity Build(string binFolder, string sourceRoot) => new([]);
}
