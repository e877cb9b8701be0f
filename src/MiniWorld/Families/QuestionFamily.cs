using NaturalThoughts.Contracts;
using NaturalThoughts.MiniWorld.Problems;

namespace NaturalThoughts.MiniWorld.Families;

/// <summary>A kind of question. Level 1 takes one step; each higher level takes more steps or other ones.</summary>
internal abstract class QuestionFamily
{
    /// <summary>The lowest level of difficulty.</summary>
    public const int MinLevel = 1;

    /// <summary>The highest level of difficulty.</summary>
    public const int MaxLevel = 6;

    /// <summary>Unique name in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>The field of knowledge, capitalised.</summary>
    public abstract string Domain { get; }

    /// <summary>The topic of its problems within the domain, where they do not name one.</summary>
    public virtual string Topic => Name;

    /// <summary>True for a family that the pool does not have.</summary>
    public virtual bool HeldOut => false;

    /// <summary>Draws a problem of this family.</summary>
    /// <param name="random">The only source of variation.</param>
    /// <param name="level"><see cref="MinLevel"/> .. <see cref="MaxLevel"/>.</param>
    /// <param name="options">
    /// How many options will be given: 0, 4 or 10. Where the answer is one of the text's own words, the text names as many that look the same.
    /// </param>
    public abstract Problem Create(SeededRandom random, int level, int options);

    /// <summary>Distinct items of a list, in drawn order.</summary>
    protected static List<T> Draw<T>(SeededRandom random, IReadOnlyList<T> items, int count)
    {
        List<T> all = [.. items];
        random.Shuffle(all);
        return all[..count];
    }
}
