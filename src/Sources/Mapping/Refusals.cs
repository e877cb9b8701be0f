using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;
using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>Turns rows into records, and keeps book of those that are refused.</summary>
/// <param name="badRows">One of <see cref="BadRows"/>.</param>
internal sealed class Refusals(string badRows)
{
    /// <summary>The file of the refused rows.</summary>
    public const string FileName = "refused.jsonl";

    private readonly List<RefusedRow> _rows = [];

    /// <summary>Rows that were looked at.</summary>
    public long Seen { get; private set; }

    /// <summary>Refused rows by reason.</summary>
    public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    public long Total => Counts.Values.Sum();

    /// <summary>The record of a row; default where it is refused and refused rows are skipped.</summary>
    /// <exception cref="UserErrorException">The row is refused, and that stops the stage.</exception>
    public T? Map<T>(SourceRow row, Func<SourceRow, T> map)
        where T : class
    {
        Seen++;
        try
        {
            return row.Damage is null ? map(row) : throw new RefusedRowException("damaged", row.Damage, "Fix or remove the row.");
        }
        catch (RefusedRowException refused)
        {
            if (badRows == BadRows.Stop)
            {
                throw new UserErrorException(refused.Message, row.Place.ToString(), refused.Hint);
            }

            Count(refused.Reason);
            _rows.Add(new RefusedRow(row.Place.ToString(), refused.Reason, refused.Message));
            return null;
        }
    }

    public void Count(string reason) => Counts[reason] = Counts.GetValueOrDefault(reason) + 1;

    public void Write(StageContext context) => JsonLines.Write(context.Output(FileName), _rows);

    /// <summary>A sentence on the refused rows for a user; null where there are none.</summary>
    public string? Warning => Total == 0
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Total} of {Seen} rows were left out "
            + $"({string.Join(", ", Counts.Select(count => FormattableString.Invariant($"{count.Key} {count.Value}")))}); {FileName} names them.");
}
