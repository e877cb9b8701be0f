using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>Spells what metadata tokens stand for, so that no row number remains.</summary>
internal static class TokenNames
{
    public static string Of(MetadataReader reader, int token)
    {
        Handle handle = MetadataTokens.Handle(token);
        return handle.Kind == HandleKind.UserString
            ? "\"" + Escape(reader.GetUserString((UserStringHandle)handle)) + "\""
            : Of(reader, (EntityHandle)handle);
    }

    public static string Of(MetadataReader reader, EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return "-";
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return SignatureNames.Of(reader, (TypeDefinitionHandle)handle);
            case HandleKind.TypeReference:
                return SignatureNames.Of(reader, (TypeReferenceHandle)handle);
            case HandleKind.TypeSpecification:
                return reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(SignatureNames.Instance, null);
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Of(reader, (EntityHandle)method.GetDeclaringType()) + "::" + reader.GetString(method.Name) + " " + Signature(method);
            case HandleKind.FieldDefinition:
                FieldDefinition field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return Of(reader, (EntityHandle)field.GetDeclaringType()) + "::" + reader.GetString(field.Name);
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
                string signature = member.GetKind() == MemberReferenceKind.Field
                    ? member.DecodeFieldSignature(SignatureNames.Instance, null)
                    : SignatureNames.Text(member.DecodeMethodSignature(SignatureNames.Instance, null));
                return Of(reader, member.Parent) + "::" + reader.GetString(member.Name) + " " + signature;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                return Of(reader, specification.Method) + " of <" + string.Join(", ", specification.DecodeSignature(SignatureNames.Instance, null)) + ">";
            case HandleKind.StandaloneSignature:
                return SignatureNames.Text(
                    reader.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(SignatureNames.Instance, null));
            case HandleKind.ModuleReference:
                return reader.GetString(reader.GetModuleReference((ModuleReferenceHandle)handle).Name);
            default:
                throw new BadImageFormatException(string.Create(CultureInfo.InvariantCulture, $"A {handle.Kind} where a member or type is expected."));
        }
    }

    public static string Signature(MethodDefinition method) => SignatureNames.Text(method.DecodeSignature(SignatureNames.Instance, null));

    /// <summary>A text on one line, with escapes for backslashes and line breaks.</summary>
    private static string Escape(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal);
}
