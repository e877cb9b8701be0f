using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Reads the rows of a file one after the other; the file is never in memory as a whole.</summary>
public interface IRowReader
{
    /// <summary>The rows in the order of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="request">Which part of it is wanted.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UserErrorException">
    /// The file cannot be read on: it is cut off, is in another format or damaged. A row that alone is unreadable is given with its
    /// <see cref="SourceRow.Damage"/> instead.
    /// </exception>
    IEnumerable<SourceRow> Read(SourceFile file, RowRequest request, CancellationToken cancellation = default);
}
