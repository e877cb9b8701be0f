using NaturalThoughts.Contracts;
using Parquet;
using Parquet.Schema;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Apache Parquet, one row group at a time, only the columns that are asked for; nullable, nested and list columns.</summary>
internal sealed class ParquetRowReader : IRowReader
{
    public IEnumerable<SourceRow> Read(SourceFile file, RowRequest request, CancellationToken cancellation = default)
    {
        using FileStream stream = TextParts.OpenFile(file);
        ParquetReader reader = Try(file, () => ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellation));
        try
        {
            Field[][] paths = [.. ParquetColumn.Paths(reader.Schema.Fields).Where(path => request.Fields is null || request.Fields.Contains(path[0].Name))];
            long number = 0;
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
                ParquetColumn[] columns = [.. paths.Select(path => Try(file, () => ParquetColumn.ReadAsync(rows, path, cancellation)))];
                try
                {
                    for (long row = 0; row < rows.RowCount; row++)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        yield return ParquetColumn.Row(columns, new RowPlace(file, null, ++number, IsLine: false));
                    }
                }
                finally
                {
                    Array.ForEach(columns, column => column.Dispose());
                }
            }
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static T Try<T>(SourceFile file, Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception error) when (SourceErrors.IsDamage(error))
        {
            throw SourceErrors.Damaged(file.Name, "This is not a complete Parquet file: " + SourceQuote.Of(error.Message, confidential: false) + ".");
        }
    }
}
