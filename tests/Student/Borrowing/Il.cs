using System.Reflection;
using System.Reflection.Emit;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>Reads methods from the bytes of assemblies.</summary>
internal static class Il
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every method with a body: of nested types, lambdas, constructors and accessors too.</summary>
    public static IEnumerable<MethodBase> Methods(Assembly assembly) => Types(assembly)
        .SelectMany(type =>
            type.GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodBase>());

    /// <summary>The instructions of a method, without those that do nothing; none where it has no body.</summary>
    public static IReadOnlyList<Instruction> Read(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        List<Instruction> instructions = [];
        for (int at = 0; at < il.Length;)
        {
            int start = at;
            OpCode code = il[at] == 0xfe ? OpCodes[(short)((il[at++] << 8) | il[at++])] : OpCodes[il[at++]];
            int size = SizeOf(code.OperandType, il, at);
            if (code != System.Reflection.Emit.OpCodes.Nop)
            {
                instructions.Add(new Instruction(start, code, Operand(method, code.OperandType, il.AsSpan(at, size))));
            }

            at += size;
        }

        return instructions;
    }

    /// <summary>A method as it is declared, where it is generic.</summary>
    public static MethodBase Declared(MethodBase method) =>
        method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;

    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>(); // without those whose assemblies nothing here needs
        }
    }

    private static int SizeOf(OperandType type, byte[] il, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static object? Operand(MethodBase method, OperandType type, ReadOnlySpan<byte> bytes)
    {
        switch (type)
        {
            case OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineField:
                try
                {
                    return method.Module.ResolveMember(
                        BitConverter.ToInt32(bytes),
                        method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null,
                        method.IsGenericMethod ? method.GetGenericArguments() : null);
                }
                catch (Exception exception) when (exception is FileNotFoundException or TypeLoadException)
                {
                    return null; // of an assembly that nothing here needs
                }

            case OperandType.ShortInlineVar or OperandType.ShortInlineI:
                return (int)bytes[0];
            case OperandType.InlineVar:
                return (int)BitConverter.ToUInt16(bytes);
            default:
                return null;
        }
    }
}
