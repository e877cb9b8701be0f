using System.Reflection.Emit;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>One instruction of IL.</summary>
/// <param name="Offset">Where it begins in its method's bytes.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">The member or variable it names; null for others.</param>
internal sealed record Instruction(int Offset, OpCode Code, object? Operand);
