namespace NaturalThoughts.Answers.Mathematics;

/// <summary>What a node of a formula's tree is.</summary>
internal enum NodeKind
{
    /// <summary>An exact number.</summary>
    Number,

    /// <summary>A letter with its subscripts and primes, or a constant (<c>pi</c>, <c>e</c>, <c>i</c>, <c>infinity</c>).</summary>
    Symbol,

    /// <summary>A sum of the arguments.</summary>
    Sum,

    /// <summary>A product of the arguments.</summary>
    Product,

    /// <summary>A power: base and exponent.</summary>
    Power,

    /// <summary>A function or operator, by name, of the arguments.</summary>
    Call,

    /// <summary>A unit of measure, by its key.</summary>
    Unit,

    /// <summary>A chain of relations; the name holds one character for each sign.</summary>
    Relation,

    /// <summary>Items side by side; the name is how they are joined: a comma, <c>and</c> or <c>or</c>.</summary>
    List,

    /// <summary>Items in round, square or angle brackets; the name is the two brackets.</summary>
    Tuple,

    /// <summary>A set: items in braces.</summary>
    Set,

    /// <summary>What is collected, and under which condition.</summary>
    Builder,

    /// <summary>Entries row by row; the name is the kind of bracket.</summary>
    Matrix,

    /// <summary>Digits (the name) in a base (the value).</summary>
    Numeral,

    /// <summary>Words, in their normal form.</summary>
    Text,

    /// <summary>A ratio of the arguments.</summary>
    Ratio,

    /// <summary>A time of day; the value is minutes, the name its half of the day or empty.</summary>
    Clock,

    /// <summary>Two sides and the modulus they are congruent by.</summary>
    Congruence,
}
