using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>Reads text files strictly: UTF-8, no control characters but tab and line ends.</summary>
internal static class SourceText
{
    private const int LargestFile = 1 << 20;

    /// <summary>The text with line feeds as line ends; null after an error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">What it is called in messages.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="skipMark">True skips a byte-order mark, as YAML allows it; false refuses it, for text that becomes data.</param>
    public static string? Read(string path, string shown, ErrorList errors, bool skipMark)
    {
        Mark start = new(shown, 1, 1);
        if (!RegularFile.Is(path))
        {
            errors.Add(start, $"This is {RegularFile.KindOf(path) ?? "a link to nothing"}, not a regular file.", "Name a text file.");
            return null;
        }

        long length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            errors.Add(start, $"The file has {length} bytes, more than {LargestFile}.", "Split it, or keep data elsewhere.");
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith<byte>([0xFF, 0xFE]) || bytes.AsSpan().StartsWith<byte>([0xFE, 0xFF]))
        {
            errors.Add(start, "The file is UTF-16.", "Save it as UTF-8.");
            return null;
        }

        bool hasMark = bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]);
        if (hasMark && !skipMark)
        {
            errors.Add(start, "The file begins with a byte-order mark, which would become a part of the text.", "Save it as UTF-8 without one.");
            return null;
        }

        ReadOnlySpan<byte> content = bytes.AsSpan(hasMark ? 3 : 0);
        if (TextFiles.FirstBad(bytes) is int bad && bytes[bad] != 0)
        {
            string before = Encoding.UTF8.GetString(bytes.AsSpan(0, bad)[(hasMark ? 3 : 0)..]);
            errors.Add(At(shown, before, before.Length), FormattableString.Invariant($"The byte 0x{bytes[bad]:X2} is not UTF-8."), "Save the file as UTF-8.");
            return null;
        }

        string text = Encoding.UTF8.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal);
        int control = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        if (control >= 0)
        {
            errors.Add(
                At(shown, text, control), FormattableString.Invariant($"The text has the control character U+{(int)text[control]:X4}."), "Remove it.");
            return null;
        }

        return text;
    }

    /// <summary>The place of the first line that is indented with a tab; null where there is none.</summary>
    public static Mark? TabIndent(string shown, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int indent = lines[i].Length - lines[i].TrimStart(' ', '\t').Length;
            int tab = lines[i].AsSpan(0, indent).IndexOf('\t');
            if (tab >= 0)
            {
                return new Mark(shown, i + 1, tab + 1);
            }
        }

        return null;
    }

    private static Mark At(string shown, string text, int index) =>
        new(shown, 1 + text.AsSpan(0, index).Count('\n'), index - text.AsSpan(0, index).LastIndexOf('\n'));
}
