using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Teaching.Running;

/// <summary>The rows of a file that belong to a shard; the others are skipped.</summary>
internal static class ShardRows
{
    /// <summary>The rows of a shard, in the order of the file.</summary>
    /// <exception cref="UserErrorException">A question of the shard appears twice, or a line is no such record.</exception>
    public static List<T> InOrder<T>(string path, ShardOptions shard, Func<T, string> id)
    {
        List<T> rows = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (T row in JsonLines.Stream<T>(path).Where(row => shard.Contains(id(row))))
        {
            if (!seen.Add(id(row)))
            {
                throw new UserErrorException($"The question '{id(row)}' appears twice.", path, "Each question has one row.");
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The rows of a shard by question id, with the errors of <see cref="InOrder"/>.</summary>
    public static Dictionary<string, T> ById<T>(string path, ShardOptions shard, Func<T, string> id) =>
        InOrder(path, shard, id).ToDictionary(id, StringComparer.Ordinal);
}
