using NaturalThoughts.Answers.Extraction;
using NaturalThoughts.Records;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>A teacher's reply as a trace, or as a failure.</summary>
public static class TraceReader
{
    /// <summary>Reads a reply. Exactly one of trace and failure is not null.</summary>
    /// <remarks>
    /// A loop is told before a cut: it is why the reply was cut. The trace's length is the server's count of reasoning tokens; where the
    /// server does not say, the reply's tokens are shared by the letters of thinking and answer, and without any count four letters are one.
    /// </remarks>
    public static (Trace? Trace, FailedReply? Failure) Read(string questionId, CallReply reply)
    {
        ThinkingReply parts = ThinkingReply.Of(reply.Content, reply.Reasoning);
        if (Failure(reply, parts) is { } kind)
        {
            return (null, new FailedReply(questionId, kind.ToString(), reply.Refusal, parts.Thinking, parts.Answer, reply.ReplyTokens ?? 0));
        }

        return (new Trace(questionId, parts.Thinking!, parts.Answer, Tokens(reply, parts)), null);
    }

    private static ReplyFailureKind? Failure(CallReply reply, ThinkingReply parts)
    {
        if (RepetitionLoop.Ends(parts.Answer) || (parts.Thinking is { } text && RepetitionLoop.Ends(text)))
        {
            return ReplyFailureKind.RepetitionLoop;
        }

        if (reply.FinishReason == "length")
        {
            return ReplyFailureKind.CutOff;
        }

        if (reply.FinishReason == "content_filter" || reply.Refusal is not null || Refusal.Is(parts.Answer))
        {
            return ReplyFailureKind.Refusal;
        }

        if (string.IsNullOrEmpty(parts.Thinking) && parts.Answer.Length == 0)
        {
            return ReplyFailureKind.Empty;
        }

        if (parts.TagCount > 0)
        {
            return ReplyFailureKind.StrayTags;
        }

        // Without its closing tag a reply lands in the reasoning as a whole, answer included (vLLM issue 48645).
        return parts.Thinking is null || parts.IsOpen ? ReplyFailureKind.MissingTags
            : parts.Thinking.Length == 0 || parts.Answer.Length == 0 ? ReplyFailureKind.Empty
            : null;
    }

    private static int Tokens(CallReply reply, ThinkingReply parts)
    {
        if (reply.ReasoningTokens is > 0 and var counted)
        {
            return counted;
        }

        long letters = parts.Thinking!.Length + parts.Answer.Length;
        return (int)Math.Max(
            1, reply.ReplyTokens is > 0 and var all ? (((long)all * parts.Thinking.Length) + (letters / 2)) / letters : (parts.Thinking.Length + 3) / 4);
    }
}
