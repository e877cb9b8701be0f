using System.Text;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>Reads text files strictly: UTF-8 (a byte-order mark is skipped), no control characters but tab and line ends.</summary>
internal static class SourceText
{
    private const int LargestFile = 1 << 20;

    /// <summary>The text with line feeds as line ends; null after an error.</summary>
    public static string? Read(string path, string shown, ErrorList errors)
    {
        Mark start = new(shown, 1, 1);
        if (!RegularFile.Is(path))
        {
            errors.Add(start, $"This is {RegularFile.KindOf(path) ?? "a link to nothing"}, not a regular file.", "Name a file with text.");
            return null;
        }

        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length > LargestFile)
        {
            errors.Add(start, $"The file has {bytes.Length} bytes, more than {LargestFile}.", "Split it, or keep data elsewhere.");
            return null;
        }

        if (bytes.AsSpan().StartsWith<byte>([0xFF, 0xFE]) || bytes.AsSpan().StartsWith<byte>([0xFE, 0xFF]))
        {
            errors.Add(start, "The file is UTF-16.", "Save it as UTF-8.");
            return null;
        }

        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? bytes.AsSpan(3) : bytes;
        if (FirstBad(content) is int bad)
        {
            string before = Encoding.UTF8.GetString(content[..bad]);
            errors.Add(At(shown, before, before.Length), FormattableString.Invariant($"The byte 0x{content[bad]:X2} is not UTF-8."), "Save the file as UTF-8.");
            return null;
        }

        string text = Encoding.UTF8.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal);
        int control = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        if (control >= 0)
        {
            errors.Add(At(shown, text, control), FormattableString.Invariant($"The control character U+{(int)text[control]:X4} stands in the text."), "Remove it.");
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

    private static int? FirstBad(ReadOnlySpan<byte> content)
    {
        for (int at = 0; at < content.Length;)
        {
            if (Rune.DecodeFromUtf8(content[at..], out _, out int used) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += used;
        }

        return null;
    }

    private static Mark At(string shown, string text, int index) =>
        new(shown, 1 + text.AsSpan(0, index).Count('\n'), index - text.AsSpan(0, index).LastIndexOf('\n'));
}
