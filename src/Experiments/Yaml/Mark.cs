using System.Globalization;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>A place in a file; line and column count from 1, and are 0 for what is in no file.</summary>
internal readonly record struct Mark(string File, int Line, int Column) : IComparable<Mark>
{
    public int CompareTo(Mark other)
    {
        int byFile = string.CompareOrdinal(File, other.File);
        return byFile != 0 ? byFile : (Line, Column).CompareTo((other.Line, other.Column));
    }

    public override string ToString() => Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
