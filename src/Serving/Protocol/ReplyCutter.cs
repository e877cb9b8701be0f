using System.Runtime.CompilerServices;

namespace NaturalThoughts.Serving.Protocol;

/// <summary>
/// Ends a reply at the limit of tokens, and its answer at a stop text, which is not sent. Thinking is not searched for stop texts: what is
/// meant for the end of an answer would cut the thought. Text that may be the start of a stop text is held back until that is known.
/// </summary>
internal static class ReplyCutter
{
    public static async IAsyncEnumerable<ReplyPiece> CutAsync(
        IAsyncEnumerable<ReplyPiece> pieces, IReadOnlyList<string> stop, int? maxTokens, [EnumeratorCancellation] CancellationToken cancellation)
    {
        int tokens = 0;
        List<ReplyPiece> held = [];
        await foreach (ReplyPiece piece in pieces.WithCancellation(cancellation).ConfigureAwait(false))
        {
            tokens += piece.Tokens;
            ReplyPiece next = tokens > maxTokens ? new ReplyPiece("") { Tokens = 0, FinishReason = "length", PromptTokens = piece.PromptTokens } : piece;
            if (next.IsReasoning || stop.Count == 0)
            {
                yield return next;
            }
            else
            {
                held.Add(next);
                string text = string.Concat(held.Select(one => one.Text));
                if (Earliest(text, stop) is { } at)
                {
                    foreach (ReplyPiece kept in Until(held, at))
                    {
                        yield return kept;
                    }

                    yield return new ReplyPiece("") { Tokens = 0, FinishReason = "stop", PromptTokens = next.PromptTokens };
                    yield break;
                }

                int open = next.FinishReason is null ? Open(text, stop) : 0;
                while (held.Count > 0 && text.Length - held[0].Text.Length >= open)
                {
                    text = text[held[0].Text.Length..];
                    yield return held[0];
                    held.RemoveAt(0);
                }
            }

            if (next.FinishReason is not null)
            {
                yield break;
            }
        }
    }

    private static int? Earliest(string text, IReadOnlyList<string> stop)
    {
        int at = stop.Select(one => text.IndexOf(one, StringComparison.Ordinal)).Where(found => found >= 0).DefaultIfEmpty(-1).Min();
        return at < 0 ? null : at;
    }

    // The length of the longest end of the text that some stop text begins with.
    private static int Open(string text, IReadOnlyList<string> stop)
    {
        int longest = Math.Min(text.Length, stop.Max(one => one.Length) - 1);
        for (int length = longest; length > 0; length--)
        {
            if (stop.Any(one => one.Length > length && one.AsSpan(0, length).SequenceEqual(text.AsSpan(text.Length - length))))
            {
                return length;
            }
        }

        return 0;
    }

    private static IEnumerable<ReplyPiece> Until(List<ReplyPiece> held, int length)
    {
        foreach (ReplyPiece piece in held)
        {
            // Tokens of the stop text were written, and count.
            string text = piece.Text[..Math.Min(piece.Text.Length, length)];
            length -= text.Length;
            yield return piece with { Text = text, FinishReason = null };
        }
    }
}
