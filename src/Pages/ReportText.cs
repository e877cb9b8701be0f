using System.Globalization;
using System.Net;
using Markdig;

namespace NaturalThoughts.Pages;

/// <summary>How texts become HTML. Nothing that comes from data, YAML or a model is HTML before it went through here.</summary>
internal static class ReportText
{
    /// <summary>How many of a digest's hexadecimal digits the page shows.</summary>
    public const int ShownDigits = 16;

    // No HTML in prose: a tag is shown as it is written.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>A text as HTML shows it.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(Whole(text));

    /// <summary>Markdown as HTML; headings start at the given level, links that are no web address or place in the page lose their target.</summary>
    /// <param name="markdown">The prose.</param>
    /// <param name="below">How many levels its headings are moved down.</param>
    public static string Markdown(string markdown, int below)
    {
        Markdig.Syntax.MarkdownDocument document = Markdig.Markdown.Parse(Whole(markdown), Pipeline);
        foreach (Markdig.Syntax.MarkdownObject item in Markdig.Syntax.MarkdownObjectExtensions.Descendants(document))
        {
            switch (item)
            {
                case Markdig.Syntax.HeadingBlock heading:
                    heading.Level = Math.Min(6, heading.Level + below);
                    break;
                case Markdig.Syntax.Inlines.LinkInline { IsImage: true } image:
                    image.IsImage = false; // nothing is loaded from elsewhere
                    image.Url = "#/";
                    break;
                case Markdig.Syntax.Inlines.LinkInline link when !IsWeb(link.Url):
                    link.Url = "#/";
                    break;
                case Markdig.Syntax.Inlines.AutolinkInline { IsEmail: false } link when !IsWeb(link.Url):
                    link.Url = "#/";
                    break;
            }
        }

        return Markdig.Markdown.ToHtml(document, Pipeline);
    }

    /// <summary>A place of the page that a name leads to, such as <c>#/cell/Table1/Random/40/System2</c>.</summary>
    public static string Route(string view, string address) => "#/" + view + "/" + string.Join('/', address.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A fraction of 1 as percent with one decimal.</summary>
    public static string Percent(double fraction) => Reporting.Tables.Numbers.Fixed(100 * fraction, 1);

    /// <summary>A difference of fractions in points, with its sign.</summary>
    public static string Points(double fraction) => double.IsFinite(fraction) ? Reporting.Tables.Numbers.Signed((decimal)(100 * fraction), 1) : "";

    /// <summary>Formats with invariant culture.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static bool IsWeb(string? url) =>
        url is not null && (url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal));

    // Half of a surrogate pair has no UTF-8.
    private static string Whole(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace("\0", "\uFFFD", StringComparison.Ordinal);
}
