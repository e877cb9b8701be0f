using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaturalThoughts.Pipeline.Rechecking;

/// <summary>
/// Says what the first differing byte of two files means: row and field of JSONL and CSV, path of JSON, row of text, offset of anything else.
/// </summary>
public static class FileDifference
{
    private const int Context = 16;

    /// <summary>The first difference; null where the files are the same.</summary>
    /// <param name="name">The output's name; its extension tells the format.</param>
    /// <param name="oldPath">The stored file.</param>
    /// <param name="newPath">The file that came out.</param>
    public static OutputDifference? Find(string name, string oldPath, string newPath)
    {
        if (FirstByte(oldPath, newPath) is not { } offset)
        {
            return null;
        }

        byte[] old = File.ReadAllBytes(oldPath), now = File.ReadAllBytes(newPath);
        return Path.GetExtension(name) switch
        {
            ".jsonl" => Rows(name, old, now, offset, Json),
            ".csv" => Rows(name, old, now, offset, (before, after) => Csv(FirstLine(old), before, after)),
            ".json" => Json(Encoding.UTF8.GetString(old), Encoding.UTF8.GetString(now)) is { } field
                ? new OutputDifference(name, "field " + field.Place, field.Old, field.New)
                : Bytes(name, old, now, offset),
            ".md" or ".txt" or ".svg" or "" when IsText(old) && IsText(now) => Rows(name, old, now, offset, (_, _) => null),
            _ => Bytes(name, old, now, offset),
        };
    }

    /// <summary>The offset of the first byte that differs, or the length of the shorter file; null where the files are the same.</summary>
    public static long? FirstByte(string oldPath, string newPath)
    {
        using FileStream old = File.OpenRead(oldPath), now = File.OpenRead(newPath);
        byte[] a = new byte[1 << 16], b = new byte[1 << 16];
        for (long at = 0; ; at += a.Length)
        {
            int x = old.ReadAtLeast(a, a.Length, throwOnEndOfStream: false), y = now.ReadAtLeast(b, b.Length, throwOnEndOfStream: false);
            int same = a.AsSpan(0, x).CommonPrefixLength(b.AsSpan(0, y));
            if (same < Math.Max(x, y))
            {
                return at + same;
            }

            if (x < a.Length)
            {
                return null;
            }
        }
    }

    private static OutputDifference Rows(string name, byte[] old, byte[] now, long offset, Func<string, string, (string Place, string Old, string New)?> field)
    {
        int row = old.AsSpan(0, (int)Math.Min(offset, old.Length)).Count((byte)'\n');
        string before = Line(old, row), after = Line(now, row), place = string.Create(CultureInfo.InvariantCulture, $"row {row + 1}");
        return field(before, after) is { } found
            ? new OutputDifference(name, $"{place}, field {found.Place}", found.Old, found.New)
            : new OutputDifference(name, place, before, after);
    }

    private static OutputDifference Bytes(string name, byte[] old, byte[] now, long offset) => new(
        name, string.Create(CultureInfo.InvariantCulture, $"byte {offset}"), Hex(old, offset), Hex(now, offset));

    private static (string Place, string Old, string New)? Json(string old, string now)
    {
        try
        {
            return Json("", JsonNode.Parse(old), JsonNode.Parse(now));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // In the order of the old text; a member that is new comes last.
    private static (string Place, string Old, string New)? Json(string path, JsonNode? old, JsonNode? now)
    {
        if (old is JsonObject a && now is JsonObject b)
        {
            return a.Select(entry => entry.Key).Union(b.Select(entry => entry.Key))
                .Select(key => Json(path.Length == 0 ? key : path + "." + key, a[key], b[key]))
                .FirstOrDefault(found => found is not null);
        }

        if (old is JsonArray x && now is JsonArray y)
        {
            return Enumerable.Range(0, Math.Max(x.Count, y.Count))
                .Select(i => Json(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), i < x.Count ? x[i] : null, i < y.Count ? y[i] : null))
                .FirstOrDefault(found => found is not null);
        }

        string before = old?.ToJsonString() ?? "", after = now?.ToJsonString() ?? "";
        return before == after ? null : (path.Length == 0 ? "(whole)" : path, before, after);
    }

    private static (string Place, string Old, string New)? Csv(string header, string old, string now)
    {
        string[] names = header.Split(','), before = old.Split(','), after = now.Split(',');
        if (before.Length != names.Length || after.Length != names.Length)
        {
            return null;
        }

        int column = Enumerable.Range(0, names.Length).FirstOrDefault(i => before[i] != after[i], -1);
        return column < 0 ? null : (names[column], before[column], after[column]);
    }

    private static string FirstLine(byte[] text) => Line(text, 0);

    private static string Line(byte[] text, int row) => Encoding.UTF8.GetString(text).Split('\n').ElementAtOrDefault(row) ?? "";

    private static bool IsText(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static string Hex(byte[] bytes, long offset) =>
        offset >= bytes.Length ? "" : Convert.ToHexStringLower(bytes.AsSpan((int)offset, (int)Math.Min(Context, bytes.Length - offset)));
}
