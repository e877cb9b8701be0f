using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Text;

namespace NaturalThoughts.Pipeline.Code;

/// <summary>Spells method bodies: instructions with their tokens resolved to names, strings and constants.</summary>
internal static class IlText
{
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    public static void Write(StringBuilder text, MetadataReader reader, MethodBodyBlock body)
    {
        text.Append(CultureInfo.InvariantCulture, $" stack {body.MaxStack} init {body.LocalVariablesInitialized}\n");
        if (!body.LocalSignature.IsNil)
        {
            text.Append(" locals ").AppendJoin(
                ", ", reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureNames.Instance, null)).Append('\n');
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" {region.Kind} {region.TryOffset}+{region.TryLength} {region.HandlerOffset}+{region.HandlerLength} {region.FilterOffset} ");
            text.Append(TokenNames.Of(reader, region.CatchType)).Append('\n');
        }

        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            ushort value = il.ReadByte();
            if (value == 0xFE)
            {
                value = (ushort)((value << 8) | il.ReadByte());
            }

            OpCode code = Codes[value];
            text.Append(' ').Append(code.Name).Append(' ');
            WriteOperand(text, reader, ref il, code.OperandType);
            text.Append('\n');
        }
    }

    private static void WriteOperand(StringBuilder text, MetadataReader reader, ref BlobReader il, OperandType operand)
    {
        switch (operand)
        {
            case OperandType.InlineNone:
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                text.Append(il.ReadByte());
                break;
            case OperandType.InlineVar:
                text.Append(il.ReadUInt16());
                break;
            case OperandType.InlineBrTarget or OperandType.InlineI:
                text.Append(il.ReadInt32());
                break;
            case OperandType.InlineI8:
                text.Append(il.ReadInt64());
                break;
            case OperandType.ShortInlineR:
                // The bits, since not a number has many.
                text.Append(il.ReadInt32().ToString("x8", CultureInfo.InvariantCulture));
                break;
            case OperandType.InlineR:
                text.Append(il.ReadInt64().ToString("x16", CultureInfo.InvariantCulture));
                break;
            case OperandType.InlineSwitch:
                int count = il.ReadInt32();
                for (int i = 0; i < count; i++)
                {
                    text.Append(il.ReadInt32()).Append(' ');
                }

                break;
            default:
                text.Append(TokenNames.Of(reader, il.ReadInt32()));
                break;
        }
    }
}
