namespace NaturalThoughts.Answers.Extraction;

/// <summary>Pairs the braces of LaTeX; those after a backslash belong to the formula.</summary>
internal static class Braces
{
    /// <summary>The index of the brace that closes the one at <paramref name="open"/>; -1 when none does.</summary>
    public static int Close(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return -1;
    }
}
