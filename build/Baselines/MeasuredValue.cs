using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NaturalThoughts.Build.Display;

namespace NaturalThoughts.Build.Baselines;

/// <summary>
/// A value that a benchmark prints, as a line of JSON such as
/// <c>{"value": "noop", "here": 0.11, "unit": "s", "peer": "Snakemake 7.21", "there": 0.62, "ratio": 5.6}</c>; the last three keys come together or not at all.
/// </summary>
/// <param name="Value">Its name.</param>
/// <param name="Here">What was measured of this program.</param>
/// <param name="Unit">The unit of both numbers.</param>
/// <param name="Peer">What it is compared with, with the version.</param>
/// <param name="There">What was measured of the peer.</param>
/// <param name="Ratio">The peer's number and ours as one: how many times as fast this program is, where they are times or speeds.</param>
internal sealed record MeasuredValue(string Value, double Here, string Unit, string? Peer = null, double? There = null, double? Ratio = null)
{
    private const string Start = "{\"value\":";

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>True for a line that is meant as a value, be it right or wrong.</summary>
    public static bool IsMeant(string line) => line.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Reads a line that is meant as a value.</summary>
    /// <exception cref="FormatException">It is not of this form; the message says why.</exception>
    public static MeasuredValue Read(string line)
    {
        try
        {
            MeasuredValue value = JsonSerializer.Deserialize<MeasuredValue>(line, Strict)!;
            return value.Peer is null == value.There is null && value.Peer is null == value.Ratio is null
                ? value
                : throw new FormatException("Of peer, there and ratio some are missing.");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>A number as it is shown: four significant digits, or all digits of a larger whole.</summary>
    public static string Number(double number) => Math.Abs(number) >= 1000
        ? Format.Count((long)Math.Round(number))
        : number.ToString("G4", CultureInfo.InvariantCulture);
}
