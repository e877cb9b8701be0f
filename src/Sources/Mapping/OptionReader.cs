using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Reads the options of rows and which of them is right.</summary>
internal sealed class OptionReader(OptionsMap map, ReferenceMap? reference, RowValues values)
{
    private const int Most = 26;

    private readonly RowPath? _list = map.List is null ? null : RowPath.Parse(map.List);
    private readonly RowPath[] _columns = [.. (map.Columns ?? [map.Correct!, .. map.Incorrect ?? []]).Where(_ => map.List is null).Select(RowPath.Parse)];

    /// <summary>The options in the order of the row, and the place of the right one; no options where the map says that rows may lack them.</summary>
    public (IReadOnlyList<string> Options, int Right) Read(SourceRow row, string? answer)
    {
        List<string> given = _list is null ? Columns(row) : List(row);
        if (given.Count == 0 && reference is not null && _list?.IsOptional == true)
        {
            return ([], 0);
        }

        if (given.Count is 0 or > Most)
        {
            throw new RefusedRowException(
                "noOptions", FormattableString.Invariant($"The row has {given.Count} options; 1 to {Most} can have letters."), "Fix the row.");
        }

        // The answer counts the options as the row has them, those that stand for none included.
        int right = reference is null ? 0 : Right(given, answer!);
        if (map.Drop.Contains(given[right]))
        {
            throw new RefusedRowException(
                "answerNotAnOption", $"The answer is the option {OptionOrder.Letter(right)}, which names no option.", "Fix the row.");
        }

        return ([.. given.Where(option => !map.Drop.Contains(option))], right - given.Take(right).Count(map.Drop.Contains));
    }

    private List<string> Columns(SourceRow row)
    {
        List<string> options = [];
        bool missing = false;
        foreach (RowPath column in _columns)
        {
            // Wrong options may be one list.
            if (map.Incorrect is not null && column.Find(row.Fields) is JsonArray list)
            {
                options.AddRange(Items(list, column, options.Count));
            }
            else if (values.Text(row, column) is { } option)
            {
                options.Add(
                    missing
                        ? throw new RefusedRowException("missingField", $"The option '{column}' is there, but one before it is not.", "Fix the row.")
                        : option);
            }
            else
            {
                missing = true;
            }
        }

        return options;
    }

    private List<string> List(SourceRow row)
    {
        JsonNode? node = values.Node(row, _list!);
        IEnumerable<JsonNode?> items = node switch
        {
            JsonArray list => list,
            JsonObject lettered => Lettered(lettered),
            null => [],
            _ =>
                throw new RefusedRowException(
                    "wrongType", $"The field '{_list}' must be a list of options, not {values.Quote(values.Scalar(node, _list!.Text))}.",
                    "Name a list, or give 'columns'."),
        };
        return [.. Items(items, _list!, 0)];
    }

    private IEnumerable<string> Items(IEnumerable<JsonNode?> items, RowPath path, int before) => items.Select((item, i) =>
        item is not null && values.Scalar(item, path.Text).Trim() is { Length: > 0 } text
            ? text
            : throw new RefusedRowException("emptyField", $"The option {OptionOrder.Letter(Math.Min(before + i, Most))} is empty.", "Fix the row."));

    private IEnumerable<JsonNode?> Lettered(JsonObject options)
    {
        string[] letters = [.. options.Select(option => option.Key).Order(StringComparer.Ordinal)];
        return letters.Where((letter, i) => letter != OptionOrder.Letter(i)).FirstOrDefault() is { } wrong
            ? throw new RefusedRowException(
                "wrongType", $"The keys of '{_list}' must be A, B, C, ..., not {values.Quote(wrong)}.", "Name a list, or give 'columns'.")
            : letters.Select(letter => options[letter]);
    }

    private int Right(List<string> options, string answer)
    {
        int right = reference!.As switch
        {
            ReferenceMap.Letter => answer.Trim('(', ')', '.', ':', ' ') is { Length: 1 } letter ? char.ToUpperInvariant(letter[0]) - 'A' : -1,
            ReferenceMap.Index => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1,
            ReferenceMap.Number => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number - 1 : -1,
            _ => options.IndexOf(answer),
        };
        if (right < 0 || right >= options.Count)
        {
            throw new RefusedRowException(
                "answerNotAnOption",
                FormattableString.Invariant($"The answer, {values.Quote(answer)}, is none of the row's {options.Count} options."),
                $"Fix the row, or check 'as: {reference.As}' in the field map.");
        }

        return reference.As == ReferenceMap.Text && options.LastIndexOf(answer) != right
            ? throw new RefusedRowException(
                "ambiguousAnswer", "Two options are equal to the answer.", "Name the letter or the place of the right one in the field map.")
            : right;
    }
}
