using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Bounds;

/// <summary>
/// One rendering: its context, its bounds and the line it is at. The bounds are counts, not times, so that a template is refused
/// everywhere or nowhere.
/// </summary>
/// <param name="origin">What the template is called in messages.</param>
/// <param name="context">The names that the template is given.</param>
internal sealed class Rendering(string origin, IReadOnlyDictionary<string, object?> context)
{
    /// <summary>Expressions, statements and values inside one another; each takes a few hundred bytes of stack.</summary>
    public const int MaxDepth = 400;

    private const long MaxSteps = 2_000_000;
    private const long MaxWork = 1L << 24;
    private int _depth;
    private long _steps;
    private long _work;

    /// <summary>The names that the template is given.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; } = context;

    /// <summary>The line of the template that is evaluated.</summary>
    public int Line { get; set; } = 1;

    /// <summary>Goes one level down; whoever calls this calls <see cref="Leave"/>, unless an error ends the rendering.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"More than {MaxDepth} levels of expressions, macros or values stand inside one another.");
        }

        if (++_steps > MaxSteps)
        {
            throw Error($"The template takes more than {MaxSteps} steps.");
        }
    }

    /// <summary>Leaves one level of evaluation.</summary>
    public void Leave() => _depth--;

    /// <summary>Counts characters or items before they are made.</summary>
    public void Charge(long amount)
    {
        _work += Math.Max(0, amount);
        if (_work > MaxWork || amount > MaxWork)
        {
            throw Error($"The template makes more than {MaxWork} characters and items.");
        }
    }

    /// <summary>Counts a glance over a text, in words of the processor.</summary>
    public void ChargeScan(int length) => Charge(length / 64);

    /// <summary>What is wrong, at the line that is evaluated.</summary>
    public UserErrorException Error(string message) => TemplateErrors.At(origin, Line, message);

    /// <summary>Something that Transformers may render and this renderer does not.</summary>
    public UserErrorException Unsupported(string what) => TemplateErrors.Unsupported(origin, Line, what);
}
