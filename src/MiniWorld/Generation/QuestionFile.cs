using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Generation;

/// <summary>Questions of a source as a file.</summary>
internal static class QuestionFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "questions.jsonl";

    /// <summary>The first <paramref name="count"/> items with texts of their own, by index.</summary>
    /// <exception cref="UserErrorException">The source has fewer.</exception>
    public static List<WorldItem> Items(QuestionSource source, string seed, int count, CancellationToken cancellation = default)
    {
        if (count < 1)
        {
            throw new UserErrorException($"A count of {count} questions is not possible.", "count", "Ask for at least 1.");
        }

        List<WorldItem> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        long limit = 1000 + (4L * count);
        for (int index = 0; items.Count < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (index >= limit)
            {
                throw new UserErrorException($"The world has only {items.Count} different questions of this kind.", "count", "Ask for fewer.");
            }

            if (ItemGenerator.Create(source, seed, index) is { } item && seen.Add(QuestionSide.Normalise(item.Question.Text)))
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Writes the questions of a source to the stage's output.</summary>
    public static StageResult Write(StageContext context, QuestionSource source, string seed, int count)
    {
        List<WorldItem> items = Items(source, seed, count, context.Cancellation);
        JsonLines.Write(context.Output(Name), items.Select(item => item.Question));
        return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = items.Count } };
    }
}
