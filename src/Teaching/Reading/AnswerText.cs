using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Reading;

/// <summary>A reply as one text, thinking included: the same for every form in which a server may send it.</summary>
public static class AnswerText
{
    /// <summary><c>&lt;think&gt; thinking &lt;/think&gt; answer</c>, without the end tag where the thinking was cut; or the answer alone.</summary>
    public static string Of(CallReply reply)
    {
        ThinkingReply parts = ThinkingReply.Of(reply.Content, reply.Reasoning);
        bool cut = parts.IsOpen || (reply.FinishReason == "length" && parts.Answer.Length == 0);
        return parts.Thinking is not { } thinking ? parts.Answer
            : cut ? $"<think> {thinking}"
            : $"<think> {thinking} </think> {parts.Answer}".TrimEnd();
    }
}
