namespace NaturalThoughts.Records;

/// <summary>How a trace becomes the assistant's message: one spelling for pre-training corpora and fine-tuning sets.</summary>
public static class ResponseFormat
{
    /// <summary><c>&lt;think&gt; thinking &lt;/think&gt; answer</c>, both parts trimmed: the trace and the answer (System 2).</summary>
    public static string System2(Trace trace) => $"<think> {trace.Thinking.Trim()} </think> {trace.Answer.Trim()}";

    /// <summary><c>&lt;think&gt; &lt;/think&gt; answer</c>: asked to think, and answered at once.</summary>
    public static string EmptyThought(Trace trace) => $"<think> </think> {trace.Answer.Trim()}";

    /// <summary>The trimmed answer alone (System 1).</summary>
    public static string System1(Trace trace) => trace.Answer.Trim();
}
