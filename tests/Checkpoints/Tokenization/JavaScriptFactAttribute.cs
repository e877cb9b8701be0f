namespace NaturalThoughts.Checkpoints.Tests.Tokenization;

/// <summary>A test against the reference in JavaScript, or with the real tokenizers' files; skipped, and said so, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JavaScriptFactAttribute : FactAttribute
{
    public JavaScriptFactAttribute() => Skip = JavaScript.Missing;
}
