using System.Text.Json.Serialization;

namespace NaturalThoughts.Records;

/// <summary>How long a question's training examples are, in the student's tokens: prompt, response, end of turn.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="System2">With trace and answer; 0 where it is longer than the student takes, and would be dropped.</param>
/// <param name="System1">With the answer alone; 0 where it would be dropped.</param>
public sealed record ExampleLength(string QuestionId, int System2, int System1)
{
    /// <summary>System 2 in a prompt without an instruction; null, and absent from files, where no examples go without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? System2Bare { get; init; }

    /// <summary>System 1 in a prompt without an instruction; null, and absent from files, where no examples go without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? System1Bare { get; init; }
}
