using NaturalThoughts.Reporting;
using NaturalThoughts.Reporting.Figures;
using NaturalThoughts.Reporting.Tables;
using NaturalThoughts.Statistics;
using static NaturalThoughts.Pages.ReportText;

namespace NaturalThoughts.Pages.Figures;

/// <summary>How far the selections of the methods overlap: a map per size, Jaccard's index of the first replicates in each field.</summary>
internal static class OverlapFigure
{
    private const int Field = 44;
    private const int Label = 170;

    /// <summary>The figure; null where less than two methods selected.</summary>
    public static ReportFigure? Of(ReportTable table, Func<string, string, IReadOnlyList<string>?> selected)
    {
        (int Size, (string Method, HashSet<string>? Ids)[] Sets)[] sizes =
        [
            .. table.Cells.Where(cell => cell.Method is not null && cell.Size is not null)
                .GroupBy(cell => cell.Size!.Value)
                .OrderBy(group => group.Key)
                .Select(group => (Size: group.Key, Sets: group.DistinctBy(cell => cell.Method)
                    .Select(cell => (Method: cell.Method!, Ids: selected(table.Name, cell.Address)?.ToHashSet(StringComparer.Ordinal)))
                    .Where(set => set.Ids is not null).ToArray()))
                .Where(size => size.Sets.Length > 1),
        ];
        if (sizes.Length == 0)
        {
            return null;
        }

        int most = sizes.Max(size => size.Sets.Length), height = Label + (most * Field) - 20;
        SvgCanvas canvas = new(Label + (most * Field) + 90, sizes.Length * height, $"{table.Name}: overlap of the selections");
        for (int s = 0; s < sizes.Length; s++)
        {
            double top = (s * height) + 24;
            canvas.Text(8, top, Invariant($"size {sizes[s].Size}"), extra: "font-weight=\"bold\"");
            for (int i = 0; i < sizes[s].Sets.Length; i++)
            {
                double x = Label + (i * Field), y = top + 90 + (i * Field);
                canvas.Text(Label - 8, y + (Field / 2) + 4, sizes[s].Sets[i].Method, "end");
                canvas.Text(
                    x + 14, top + 84, sizes[s].Sets[i].Method, extra: Invariant($"transform=\"rotate(-35 {x + 14:F1} {top + 84:F1})\" font-size=\"11\""));
                for (int j = 0; j < sizes[s].Sets.Length; j++)
                {
                    double share = SetOverlap.Of(sizes[s].Sets[i].Ids!, sizes[s].Sets[j].Ids!).Jaccard;
                    double left = Label + (j * Field);
                    canvas.Rectangle(left, y, Field - 2, Field - 2, Shade(share));
                    canvas.Text(
                        left + (Field / 2) - 1, y + (Field / 2) + 4, Numbers.Fixed(share, 2), "middle", share > 0.45 ? "class=\"light\"" : "class=\"dark\"");
                }
            }
        }

        return new ReportFigure(
            $"tables/{table.Name}/overlap",
            "Overlap of the selections",
            "Jaccard's index of what two methods selected (first replicate, same size): 1 for the same questions, 0 for none in common. Darker is more.",
            canvas.Finish());
    }

    // From nearly white to a dark blue, in equal steps of lightness: readable without colour.
    private static string Shade(double share)
    {
        int Mix(int from, int to) => (int)Math.Round(from + ((to - from) * share));
        return Invariant($"#{Mix(0xf2, 0x08):x2}{Mix(0xf6, 0x30):x2}{Mix(0xfa, 0x6b):x2}");
    }
}
