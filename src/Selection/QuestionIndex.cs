using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Selection;

/// <summary>
/// The questions of a pool, each with its place, and columns of other files in the order of these places. Millions of rows: an id is held once.
/// </summary>
internal sealed class QuestionIndex
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];

    /// <summary>The ids in the order in which they were added.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Adds a question at the next place.</summary>
    /// <exception cref="UserErrorException">It appears twice in the file.</exception>
    public void Add(string id, string path)
    {
        if (!_places.TryAdd(id, _ids.Count))
        {
            throw Twice(id, path);
        }

        _ids.Add(id);
    }

    /// <summary>The place of a question; null where it is none of these.</summary>
    public int? Find(string id) => _places.TryGetValue(id, out int place) ? place : null;

    /// <summary>Reads a file of records by question, one row at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="id">The question's id of a row.</param>
    /// <param name="value">What is kept of a row.</param>
    /// <param name="others">True where rows of other questions are ignored.</param>
    /// <returns>[questions] the values, the default where a question has no row.</returns>
    /// <exception cref="UserErrorException">A question appears twice, or is none of these, or a line is no such record.</exception>
    public Column<TValue> Read<TRow, TValue>(string path, Func<TRow, string> id, Func<TRow, TValue> value, bool others = false)
    {
        TValue?[] values = new TValue?[_ids.Count];
        bool[] given = new bool[_ids.Count];
        foreach (TRow row in JsonLines.Stream<TRow>(path))
        {
            if (Find(id(row)) is not { } place)
            {
                if (others)
                {
                    continue;
                }

                throw new UserErrorException(
                    $"The question '{Quoted.Of(id(row))}' of this file is not among the questions.", path, "Both files must come from the same pool.");
            }

            if (given[place])
            {
                throw Twice(id(row), path);
            }

            (values[place], given[place]) = (value(row), true);
        }

        return new Column<TValue>(path, _ids, values, given);
    }

    private static UserErrorException Twice(string id, string path) => new($"The question '{Quoted.Of(id)}' stands twice.", path, "Each question has one row.");

    /// <summary>One value for each question that has a row.</summary>
    /// <param name="path">The file that it was read from.</param>
    /// <param name="ids">[questions] the ids.</param>
    /// <param name="values">[questions] the values.</param>
    /// <param name="given">[questions] whether there is a row.</param>
    public sealed class Column<T>(string path, IReadOnlyList<string> ids, T?[] values, bool[] given)
    {
        /// <summary>True where the question at a place has a row.</summary>
        public bool Has(int place) => given[place];

        /// <summary>The value of the question at a place.</summary>
        /// <exception cref="UserErrorException">It has no row.</exception>
        public T this[int place] => given[place]
            ? values[place]!
            : throw new UserErrorException(
                $"The question '{Quoted.Of(ids[place])}' has no row in this file.", path, "Both files must come from the same pool.");
    }
}
