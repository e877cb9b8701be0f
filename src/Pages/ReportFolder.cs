using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pages.Figures;
using NaturalThoughts.Reporting;

namespace NaturalThoughts.Pages;

/// <summary>
/// Writes a report: <c>index.html</c>, <c>assets/</c>, <c>figures/*.svg</c>, <c>data/*.js</c> and <see cref="Digests"/>. The same results give the same bytes,
/// except for what is packed: targets, which tell of the store, and the curves of trainings, which another runtime may pack to other bytes.
/// </summary>
public static class ReportFolder
{
    /// <summary>
    /// The file with the digests of what the report says: a line <c>sha256  name</c> for each file of data/ and figures/ that results decide, as
    /// <c>sha256sum -c</c> reads it.
    /// </summary>
    public const string Digests = "Report.sha256";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all files.</summary>
    /// <param name="source">What the report is made of.</param>
    /// <param name="pathOf">The path of a file by its name with forward slashes; its folder is there.</param>
    /// <returns>The text of <see cref="Digests"/>.</returns>
    public static string Write(ReportSource source, Func<string, string> pathOf)
    {
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        void Write(string name, string text)
        {
            byte[] bytes = Utf8.GetBytes(text);
            File.WriteAllBytes(pathOf(name), bytes);
            if (name.StartsWith("data/", StringComparison.Ordinal) || name.StartsWith("figures/", StringComparison.Ordinal))
            {
                digests.Add(name, ContentHash.Of(bytes).Hex);
            }
        }

        void WritePacked(string name, JsonNode data) => File.WriteAllText(pathOf($"data/{name}.js"), ScriptPart.WritePacked(name, data), Utf8);

        foreach (string asset in IndexPage.Scripts.Append("report.css"))
        {
            Write("assets/" + asset, Asset(asset));
        }

        Write("data/index.js", ScriptPart.Write("index", new JsonObject
        {
            ["profile"] = source.Profile,
            ["tables"] = ScriptPart.Texts(source.Tables.Select(table => table.Name)),
            ["tested"] = ScriptPart.Texts(source.Tables.Where(table => table.Pairs.Count > 0).Select(table => table.Name)),
        }));
        WritePacked("targets", TargetsPart.Of(source));
        WritePacked("trainings", ScriptPart.Map(source.Trainings, curve => curve.Target, Curve));
        AnswerParts answers = new(Write);
        SharedStudents shared = new(source.Tables);
        foreach (ReportTable table in source.Tables)
        {
            Dictionary<(string, string), (string?, string)> parts = [];
            foreach ((TableCell cell, string benchmark) in table.Cells.SelectMany(cell => table.Benchmarks.Select(benchmark => (cell, benchmark))))
            {
                (ReportAnswers? found, string missing) = source.Answers(table.Name, cell.Address, benchmark);
                parts.Add((cell.Address, benchmark), (found is null ? null : answers.Add(found), missing));
            }

            string name = "tables/" + table.Name;
            Write($"data/{name}.js", ScriptPart.Write(name, TablePart.Of(source, table, parts, shared)));
        }

        Write($"data/{SharedStudents.Part}.js", ScriptPart.Write(SharedStudents.Part, shared.Values));

        (string Table, ReportFigure Figure)[] figures =
        [
            .. source.Tables.SelectMany(table => FiguresOf(source, table).Select(figure => (table.Name, figure))),
            .. (source.Pool is null ? [] : PoolFigures.Of(source.Pool)).Select(figure => ("", figure)),
        ];
        foreach ((_, ReportFigure figure) in figures)
        {
            Write($"figures/{figure.Name}.svg", figure.Svg);
        }

        Write("index.html", IndexPage.Write(source, figures.ToLookup(item => item.Table, item => item.Figure, StringComparer.Ordinal)));
        string text = string.Concat(digests.Select(entry => $"{entry.Value}  {entry.Key}\n"));
        Write(Digests, text);
        return text;
    }

    // The tokens of the whole training, and the losses of equally long parts of it; null for one that is NaN.
    private static JsonArray Curve(TrainingCurve curve) =>
        curve.Points.Count == 0
            ? []
            : [curve.Points[^1].Tokens, .. curve.Points.Select(point => double.IsFinite(point.Loss) ? JsonValue.Create(Math.Round(point.Loss, 4)) : null)];

    private static IEnumerable<ReportFigure> FiguresOf(ReportSource source, ReportTable table)
    {
        if (table.Figure.Length > 0)
        {
            yield return new ReportFigure(
                $"tables/{table.Name}/sizes", "Figure of the table",
                "As it is published beside the table; bars are " + (table.HasFindings ? "corrected intervals." : "one standard error."), table.Figure);
        }

        ILookup<string, TrainingCurve> curves = source.Trainings.ToLookup(curve => curve.Target, StringComparer.Ordinal);
        ReportFigure?[] made =
        [
            TokensFigure.Of(table),
            OverlapFigure.Of(table, source.Selected),
            TrainingFigure.Of(
                table,
                cell => source.TargetsOf(table.Name, cell).SelectMany(target => curves[target])
                    .FirstOrDefault(curve => curve.Target.StartsWith($"{table.Name}/{cell}/", StringComparison.Ordinal))),
        ];
        foreach (ReportFigure figure in made.OfType<ReportFigure>())
        {
            yield return figure;
        }
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(ReportFolder).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using StreamReader reader = new(stream, Utf8);
        return reader.ReadToEnd();
    }
}
