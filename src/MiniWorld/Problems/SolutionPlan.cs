namespace NaturalThoughts.MiniWorld.Problems;

/// <summary>The steps of a solution in order. Each method adds a step and returns its result as an operand for later ones.</summary>
internal sealed class SolutionPlan
{
    /// <summary>Largest value that a step may give.</summary>
    public const int Limit = 99;

    private readonly List<Step> _steps = [];
    private readonly List<int> _tape = [];

    /// <summary>The steps so far, in order.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The true result of every step.</summary>
    public IReadOnlyList<int> Results => _tape;

    /// <summary>The true value of an operand.</summary>
    public int Value(Operand operand) => operand.Read(_tape);

    /// <summary>The true result of the last step.</summary>
    public int Answer => _tape[^1];

    public Operand Add(Step step)
    {
        _steps.Add(step);
        _tape.Add(step.Compute(_tape));
        return new Operand(_steps.Count - 1, true);
    }

    /// <summary>Says of the last step which condition decides it.</summary>
    public void Decide(Func<IReadOnlyList<int>, string> condition) => _steps[^1] = _steps[^1] with { Condition = condition };

    public Operand Sum(string label, string goal, Operand a, Operand b) => Add(new Step
    {
        Label = label,
        Goal = goal,
        Compute = tape => a.Read(tape) + b.Read(tape),
        Say = (tape, result) => $"{a.Read(tape)} + {b.Read(tape)} = {result}",
        Check = (tape, result) => $"{result} - {b.Read(tape)} = {a.Read(tape)}",
        Other = (tape, result) => $"{b.Read(tape)} + {a.Read(tape)} = {result}",
        Slips = (tape, result) => [result + 1, result - 1, a.Read(tape) - b.Read(tape), result + 10, result - 10, result + 2],
    });

    public Operand Less(string label, string goal, Operand a, Operand b) => Add(new Step
    {
        Label = label,
        Goal = goal,
        Compute = tape => a.Read(tape) - b.Read(tape),
        Say = (tape, result) => $"{a.Read(tape)} - {b.Read(tape)} = {result}",
        Check = (tape, result) => $"{result} + {b.Read(tape)} = {a.Read(tape)}",
        Other = (tape, result) => $"{a.Read(tape)} - {result} = {b.Read(tape)}",
        Slips = (tape, result) => [result + 1, result - 1, a.Read(tape) + b.Read(tape), result + 10, result - 10, result - 2],
    });

    public Operand Times(string label, string goal, Operand a, Operand b) => Add(new Step
    {
        Label = label,
        Goal = goal,
        Compute = tape => a.Read(tape) * b.Read(tape),
        Say = (tape, result) => $"{a.Read(tape)} * {b.Read(tape)} = {result}",
        Check = (tape, result) => $"{result} / {b.Read(tape)} = {a.Read(tape)}",
        Other = (tape, result) => $"{b.Read(tape)} * {a.Read(tape)} = {result}",
        Slips = (tape, result) => [result + a.Read(tape), result - b.Read(tape), a.Read(tape) + b.Read(tape), result + 1, result - 1],
    });

    public Operand Over(string label, string goal, Operand a, Operand b) => Add(new Step
    {
        Label = label,
        Goal = goal,
        Compute = tape => a.Read(tape) % b.Read(tape) == 0 ? a.Read(tape) / b.Read(tape) : -1,
        Say = (tape, result) => $"{a.Read(tape)} / {b.Read(tape)} = {result}",
        Check = (tape, result) => $"{result} * {b.Read(tape)} = {a.Read(tape)}",
        Slips = (tape, result) => [result + 1, result - 1, result + 2, a.Read(tape) - b.Read(tape)],
    });

    /// <summary>The smaller (or the larger) of two.</summary>
    public Operand Choose(bool smaller, string label, string goal, Operand a, Operand b) => Add(new Step
    {
        Label = label,
        Goal = goal,
        Compute = tape => smaller ? Math.Min(a.Read(tape), b.Read(tape)) : Math.Max(a.Read(tape), b.Read(tape)),
        Say = (tape, result) => $"{a.Read(tape)} or {b.Read(tape)} , {(smaller ? "less" : "more")} is {result}",
        Condition = tape => Comparison(a.Read(tape), b.Read(tape)),
        Guesses = (tape, result) => a.Read(tape) == b.Read(tape) ? [] : [a.Read(tape) + b.Read(tape) - result],
        Slips = (tape, result) => [a.Read(tape) + b.Read(tape) - result, result + 1, result - 1],
    });

    /// <summary>Which of two numbers is more, in words.</summary>
    public static string Comparison(int a, int b) =>
        a > b ? $"{a} is more than {b}" : a < b ? $"{a} is less than {b}" : $"{a} is equal to {b}";

    /// <summary>The results when one step goes wrong and the later ones follow it; null when a later step is then impossible.</summary>
    public int[]? RunWith(int wrongStep, int wrongResult)
    {
        int[] tape = new int[_steps.Count];
        for (int i = 0; i < tape.Length; i++)
        {
            int result = i == wrongStep ? wrongResult : _steps[i].Compute(new ArraySegment<int>(tape, 0, i));
            if (result is < 0 or > Limit)
            {
                return null;
            }

            tape[i] = result;
        }

        return tape;
    }
}
