namespace NaturalThoughts.MiniWorld.Problems;

/// <summary>What a step works on: a constant, or the result of an earlier step.</summary>
internal readonly record struct Operand(int Value, bool IsStep)
{
    public static implicit operator Operand(int constant) => new(constant, false);

    /// <summary>The number, given the results of the steps so far.</summary>
    public int Read(IReadOnlyList<int> tape) => IsStep ? tape[Value] : Value;
}
