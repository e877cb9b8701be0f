using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>
/// Spells a type: one text for its head with all members whose order counts, then one for each other member. Order counts for
/// properties (a record is written in it) and for the fields of laid out types.
/// </summary>
internal sealed class TypeText(PEReader image, MetadataReader reader)
{
    /// <summary>Attributes that only point at other compiler-made types, or tell a debugger something.</summary>
    private static readonly string[] Ignored =
    [
        "AsyncStateMachineAttribute", "IteratorStateMachineAttribute", "AsyncIteratorStateMachineAttribute", "DebuggerBrowsableAttribute",
        "DebuggerStepThroughAttribute", "DebuggerHiddenAttribute",
    ];

    public List<string> Members(TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        bool laidOut = (type.Attributes & TypeAttributes.LayoutMask) != TypeAttributes.AutoLayout;
        List<string> fields = [.. type.GetFields().Select(Field)];
        string ordered = Head(handle, type) + string.Concat(type.GetProperties().Select(Property)) + string.Concat(laidOut ? fields : []);
        string owner = SignatureNames.Of(reader, handle) + " ";
        IEnumerable<string> free = (laidOut ? [] : fields).Concat(type.GetEvents().Select(Event)).Concat(type.GetMethods().Select(Method));
        return [ordered, .. free.Select(member => owner + member)];
    }

    private static string Hex(int number) => number.ToString("x", CultureInfo.InvariantCulture);

    private string Head(TypeDefinitionHandle handle, TypeDefinition type)
    {
        TypeLayout layout = type.GetLayout();
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture, $"type {SignatureNames.Of(reader, handle)} {Hex((int)type.Attributes)} : {TokenNames.Of(reader, type.BaseType)}");
        text.Append(CultureInfo.InvariantCulture, $" pack {layout.PackingSize} size {layout.Size}\n");
        AppendSorted(
            text, type.GetInterfaceImplementations().Select(i => "implements " + TokenNames.Of(reader, reader.GetInterfaceImplementation(i).Interface)));
        AppendSorted(text, type.GetMethodImplementations().Select(reader.GetMethodImplementation)
            .Select(i => $"overrides {TokenNames.Of(reader, i.MethodDeclaration)} by {TokenNames.Of(reader, i.MethodBody)}"));
        AppendGenerics(text, type.GetGenericParameters());
        AppendAttributes(text, type.GetCustomAttributes());
        return text.ToString();
    }

    private string Field(FieldDefinitionHandle handle)
    {
        FieldDefinition field = reader.GetFieldDefinition(handle);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"field {reader.GetString(field.Name)} {Hex((int)field.Attributes)} ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{field.DecodeSignature(SignatureNames.Instance, null)} at {field.GetOffset()}{Constant(field.GetDefaultValue())}\n");
        if ((field.Attributes & FieldAttributes.HasFieldRVA) != 0)
        {
            text.Append("data ").Append(Data(field)).Append('\n');
        }

        AppendAttributes(text, field.GetCustomAttributes());
        return text.ToString();
    }

    private string Property(PropertyDefinitionHandle handle)
    {
        PropertyDefinition property = reader.GetPropertyDefinition(handle);
        PropertyAccessors accessors = property.GetAccessors();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"property {reader.GetString(property.Name)} {Hex((int)property.Attributes)} ");
        text.Append(SignatureNames.Text(property.DecodeSignature(SignatureNames.Instance, null)));
        text.Append(CultureInfo.InvariantCulture, $" {Name(accessors.Getter)} {Name(accessors.Setter)}{Constant(property.GetDefaultValue())}\n");
        AppendAttributes(text, property.GetCustomAttributes());
        return text.ToString();
    }

    private string Event(EventDefinitionHandle handle)
    {
        EventDefinition definition = reader.GetEventDefinition(handle);
        EventAccessors accessors = definition.GetAccessors();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"event {reader.GetString(definition.Name)} {TokenNames.Of(reader, definition.Type)} ");
        text.Append(CultureInfo.InvariantCulture, $"{Name(accessors.Adder)} {Name(accessors.Remover)} {Name(accessors.Raiser)}\n");
        AppendAttributes(text, definition.GetCustomAttributes());
        return text.ToString();
    }

    private string Method(MethodDefinitionHandle handle)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"method {reader.GetString(method.Name)} {TokenNames.Signature(method)} {Hex((int)method.Attributes)} {Hex((int)method.ImplAttributes)}\n");
        AppendGenerics(text, method.GetGenericParameters());
        foreach (Parameter parameter in method.GetParameters().Select(reader.GetParameter))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"parameter {parameter.SequenceNumber} {reader.GetString(parameter.Name)} "
                + $"{Hex((int)parameter.Attributes)}{Constant(parameter.GetDefaultValue())}\n");
            AppendAttributes(text, parameter.GetCustomAttributes());
        }

        AppendAttributes(text, method.GetCustomAttributes());
        if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0)
        {
            MethodImport import = method.GetImport();
            text.Append(
                CultureInfo.InvariantCulture, $"import {TokenNames.Of(reader, import.Module)} {reader.GetString(import.Name)} {Hex((int)import.Attributes)}\n");
        }
        else if (method.RelativeVirtualAddress != 0)
        {
            IlText.Write(text, reader, image.GetMethodBody(method.RelativeVirtualAddress));
        }

        return text.ToString();
    }

    private string Name(MethodDefinitionHandle handle) => handle.IsNil ? "-" : reader.GetString(reader.GetMethodDefinition(handle).Name);

    private string Constant(ConstantHandle handle)
    {
        if (handle.IsNil)
        {
            return "";
        }

        Constant constant = reader.GetConstant(handle);
        return " = " + constant.TypeCode + " " + Convert.ToHexStringLower(reader.GetBlobBytes(constant.Value));
    }

    private string Data(FieldDefinition field)
    {
        string type = field.DecodeSignature(SignatureNames.Instance, null);
        int size = type switch
        {
            "Boolean" or "Byte" or "SByte" => 1,
            "Char" or "Int16" or "UInt16" => 2,
            "Int32" or "UInt32" or "Single" => 4,
            "Int64" or "UInt64" or "Double" => 8,
            _ => SizeOf(type),
        };
        return Convert.ToHexStringLower(image.GetSectionData(field.GetRelativeVirtualAddress()).GetContent(0, size).AsSpan());
    }

    private int SizeOf(string type)
    {
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            if (SignatureNames.Of(reader, handle) == type)
            {
                return reader.GetTypeDefinition(handle).GetLayout().Size;
            }
        }

        throw new BadImageFormatException($"Static data of the type '{type}', whose size is not known.");
    }

    private void AppendGenerics(StringBuilder text, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(reader.GetGenericParameter))
        {
            text.Append(CultureInfo.InvariantCulture, $"generic {parameter.Index} {reader.GetString(parameter.Name)} {Hex((int)parameter.Attributes)}\n");
            AppendSorted(text, parameter.GetConstraints().Select(c => "where " + TokenNames.Of(reader, reader.GetGenericParameterConstraint(c).Type)));
        }
    }

    private void AppendAttributes(StringBuilder text, CustomAttributeHandleCollection attributes) =>
        AppendSorted(text, attributes.Select(reader.GetCustomAttribute)
            .Select(attribute => (Name: TokenNames.Of(reader, attribute.Constructor), Value: reader.GetBlobBytes(attribute.Value)))
            .Where(attribute => !Ignored.Any(name => attribute.Name.Contains(name + "::", StringComparison.Ordinal)))
            .Select(attribute => $"attribute {attribute.Name} {Convert.ToHexStringLower(attribute.Value)}"));

    private static void AppendSorted(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines.Order(StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }
    }
}
