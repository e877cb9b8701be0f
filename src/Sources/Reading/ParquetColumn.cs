using System.Text.Json.Nodes;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace NaturalThoughts.Sources.Reading;

/// <summary>
/// One leaf column of a row group. Rows are put together from definition and repetition levels (Dremel, Melnik et al. 2010): the
/// library's own untyped reader leaves null elements out of lists, which would shift the letters of options.
/// </summary>
internal sealed class ParquetColumn : IDisposable
{
    private readonly DataField _leaf;
    private readonly Field[] _path;
    private readonly RawColumnData _data;
    private readonly Func<int, JsonNode?> _value;
    private readonly int[] _index;
    private readonly int _count;
    private int _entry;
    private int _defined;

    private ParquetColumn(DataField leaf, Field[] path, RawColumnData data)
    {
        (_leaf, _path, _data) = (leaf, path, data);
        (_value, int values) = ParquetValues.Of(data, leaf);
        _index = new int[leaf.MaxRepetitionLevel + 1];
        _count = leaf.MaxDefinitionLevel > 0 ? data.DefinitionLevels.Length : values;
    }

    /// <summary>The fields from the root to each leaf, in the order of the schema.</summary>
    public static IEnumerable<Field[]> Paths(IEnumerable<Field> fields) => fields.SelectMany(field =>
        field is DataField ? [[field]] : Paths(Children(field)).Select(below => (Field[])[field, .. below]));

    public static async Task<ParquetColumn> ReadAsync(ParquetRowGroupReader rows, Field[] path, CancellationToken cancellation) =>
        new((DataField)path[^1], path, await rows.ReadRawColumnDataBaseAsync((DataField)path[^1], cancellation));

    /// <summary>The next row of all columns.</summary>
    public static SourceRow Row(ParquetColumn[] columns, RowPlace place)
    {
        JsonObject fields = [];
        try
        {
            foreach (ParquetColumn column in columns)
            {
                column.AddTo(fields);
            }
        }
        catch (Exception error) when (SourceErrors.IsDamage(error))
        {
            // Each column has its own cursor: after a damaged value the columns are no longer at the same row.
            throw SourceErrors.Damaged(place.ToString(), "The row cannot be put together: " + error.Message);
        }

        return new SourceRow(place, fields);
    }

    public void Dispose() => _data.Dispose();

    private static IEnumerable<Field> Children(Field field) => field switch
    {
        StructField group => group.Fields,
        ListField list => [list.Item],
        MapField map => [map.Key, map.Value],
        _ => [],
    };

    private void AddTo(JsonObject row)
    {
        do
        {
            if (_entry >= _count)
            {
                throw new InvalidDataException($"the column '{_leaf.Path}' ends early.");
            }

            int repetition = _leaf.MaxRepetitionLevel > 0 ? _data.RepetitionLevels[_entry] : 0;
            int definition = _leaf.MaxDefinitionLevel > 0 ? _data.DefinitionLevels[_entry] : 0;
            Array.Clear(_index, repetition + 1, _index.Length - repetition - 1);
            _index[repetition] += repetition > 0 ? 1 : 0;
            JsonNode? before = row[_path[0].Name];
            JsonNode? after = Grow(before, 0, definition);
            if (before is null || !ReferenceEquals(before, after))
            {
                row[_path[0].Name] = after;
            }

            _defined += definition == _leaf.MaxDefinitionLevel ? 1 : 0;
            _entry++;
        }
        while (_leaf.MaxRepetitionLevel > 0 && _entry < _count && _data.RepetitionLevels[_entry] > 0);
    }

    private JsonNode? Grow(JsonNode? existing, int at, int definition)
    {
        Field field = _path[at];
        switch (field)
        {
            case StructField:
                return definition < field.MaxDefinitionLevel ? existing : Member((JsonObject?)existing ?? [], _path[at + 1].Name, at + 1, definition);
            case ListField or MapField:
                // Below: no list; one level more: a list without elements; its own level: an element, which may be null.
                if (definition < field.MaxDefinitionLevel - 1)
                {
                    return existing;
                }

                JsonArray list = (JsonArray?)existing ?? [];
                return definition < field.MaxDefinitionLevel ? list
                    : field is MapField ? Element(list, field, element => Member((JsonObject?)element ?? [], _path[at + 1].Name, at + 1, definition))
                    : Element(list, field, element => Grow(element, at + 1, definition));
            case DataField { IsArray: true }:
                JsonArray items = (JsonArray?)existing ?? [];
                return definition < field.MaxDefinitionLevel ? items : Element(items, field, _ => _value(_defined));
            default:
                return definition < field.MaxDefinitionLevel ? null : _value(_defined);
        }
    }

    private JsonObject Member(JsonObject group, string name, int at, int definition)
    {
        JsonNode? before = group[name];
        JsonNode? after = Grow(before, at, definition);
        if (before is null || !ReferenceEquals(before, after))
        {
            group[name] = after;
        }

        return group;
    }

    private JsonArray Element(JsonArray list, Field field, Func<JsonNode?, JsonNode?> grow)
    {
        int index = _index[field.MaxRepetitionLevel];
        while (list.Count <= index)
        {
            list.Add(null);
        }

        JsonNode? before = list[index];
        JsonNode? after = grow(before);
        if (before is null || !ReferenceEquals(before, after))
        {
            list[index] = after;
        }

        return list;
    }
}
