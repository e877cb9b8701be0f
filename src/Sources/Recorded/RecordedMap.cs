using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Mapping;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>
/// Which values of a row are an answer that somebody's model gave. Each member is a list of <see cref="Reading.RowPath"/>s, of which the
/// first that a row has is taken; an empty list stands for a value that the files do not have.
/// </summary>
public sealed record RecordedMap
{
    /// <summary>Paths of the question's id; the first that a row has counts.</summary>
    public IReadOnlyList<string> Id { get; init; } = [];

    /// <summary>Paths of the question's text; the first that a row has counts.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>The options as the model saw them, in that order: a list, or an object with the keys A, B, C, ...</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The reference that the file's program graded by.</summary>
    public IReadOnlyList<string> Reference { get; init; } = [];

    /// <summary>The prompt that the model was given: a text, or messages.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>What the model wrote: a text, a message, parts of a message, messages, or a list of texts (one a repeat).</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>What it thought, where that is in a field of its own.</summary>
    public IReadOnlyList<string> Thinking { get; init; } = [];

    /// <summary>The number of generated tokens. Without it the words of the output are counted.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Why generation ended: <c>length</c>, <c>max_tokens</c>, <c>model_length</c> or true for an answer that was cut off.</summary>
    public IReadOnlyList<string> Finish { get; init; } = [];

    /// <summary>What the file's program took for the answer.</summary>
    public IReadOnlyList<string> Prediction { get; init; } = [];

    /// <summary>Its verdict: a truth value, a number (right above 0), or <c>C</c> and <c>I</c>.</summary>
    public IReadOnlyList<string> Correct { get; init; } = [];

    /// <summary>The repeat; see <see cref="FirstRepeat"/>. Without it the answers to a question are counted in the order of the files.</summary>
    public IReadOnlyList<string> Repeat { get; init; } = [];

    /// <summary>The number of the first repeat in the files: 0 or 1. Default 1.</summary>
    public int FirstRepeat { get; init; } = 1;

    /// <summary>The name of what read the answer off the output. Rows of one output that differ in it are one answer.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>This map with every member that <paramref name="other"/> gives in place of this one's.</summary>
    public RecordedMap With(RecordedMap? other) => other is null ? this : new RecordedMap
    {
        Id = Or(other.Id, Id),
        Text = Or(other.Text, Text),
        Options = Or(other.Options, Options),
        Reference = Or(other.Reference, Reference),
        Prompt = Or(other.Prompt, Prompt),
        Output = Or(other.Output, Output),
        Thinking = Or(other.Thinking, Thinking),
        Tokens = Or(other.Tokens, Tokens),
        Finish = Or(other.Finish, Finish),
        Prediction = Or(other.Prediction, Prediction),
        Correct = Or(other.Correct, Correct),
        Repeat = Or(other.Repeat, Repeat),
        FirstRepeat = other.Repeat.Count > 0 ? other.FirstRepeat : FirstRepeat,
        Filter = Or(other.Filter, Filter),
    };

    /// <summary>What is wrong with the map itself.</summary>
    public IEnumerable<UserError> Validate()
    {
        List<UserError> errors = [.. MapPaths.Validate(Paths().Select(path => ("map", path)))];
        if (Output.Count == 0)
        {
            errors.Add(new UserError("The map does not say which field has the answers.", "map.output", "Name the field of the generated text."));
        }

        if (Id.Count + Text.Count + Prompt.Count == 0)
        {
            errors.Add(new UserError("The map does not say what was asked.", "map", "Name the field of the question's id, of its text, or of the prompt."));
        }

        if (FirstRepeat is not (0 or 1))
        {
            errors.Add(
                new UserError(FormattableString.Invariant($"The first repeat cannot be {FirstRepeat}."), "map.firstRepeat", "Repeats count from 0 or from 1."));
        }

        return errors;
    }

    internal IEnumerable<string> Paths() =>
        new[] { Id, Text, Options, Reference, Prompt, Output, Thinking, Tokens, Finish, Prediction, Correct, Repeat, Filter }.SelectMany(paths => paths);

    private static IReadOnlyList<string> Or(IReadOnlyList<string> first, IReadOnlyList<string> second) => first.Count > 0 ? first : second;
}
