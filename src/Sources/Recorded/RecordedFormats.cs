using NaturalThoughts.Sources.Reading;

namespace NaturalThoughts.Sources.Recorded;

/// <summary>The formats of recorded answers that are known by name: how their rows are written and where what stands.</summary>
public static class RecordedFormats
{
    /// <summary>A field map of the user's own.</summary>
    public const string Fields = "fields";

    /// <summary>Rows of <c>eval_results</c> in TIGER-AI-Lab/MMLU-Pro: zips of one JSON array.</summary>
    public const string MmluPro = "mmlu-pro";

    /// <summary><c>samples_*.jsonl</c> of lm-evaluation-harness, as <c>--log_samples</c> writes them.</summary>
    public const string LmEval = "lm-eval";

    /// <summary>Details of lighteval in Parquet; the columns <c>doc</c>, <c>model_response</c>, <c>metric</c>, or the older flat ones.</summary>
    public const string Lighteval = "lighteval";

    /// <summary><c>.eval</c> logs of Inspect: zips with one JSON object a sample.</summary>
    public const string Inspect = "inspect";

    /// <summary><c>output-rs*.jsonl</c> of NeMo-Skills: one file a repeat.</summary>
    public const string NemoSkills = "nemo-skills";

    /// <summary>All formats, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = [Fields, Inspect, Lighteval, LmEval, MmluPro, NemoSkills];

    /// <summary>How the rows of a format are written, one of <see cref="RowFormats.Known"/>; null where the user says it.</summary>
    public static string? Rows(string format) => format switch
    {
        MmluPro or Inspect => RowFormats.Json,
        LmEval or NemoSkills => RowFormats.Jsonl,
        Lighteval => RowFormats.Parquet,
        _ => null,
    };

    /// <summary>The entries of a zip that hold answers; null for all.</summary>
    public static IReadOnlyList<string>? Entries(string format) => format == Inspect ? ["samples/*.json"] : null;

    /// <summary>Where what stands; empty for <see cref="Fields"/>.</summary>
    public static RecordedMap Map(string format) => format switch
    {
        MmluPro => new RecordedMap
        {
            Id = ["question_id"],
            Text = ["question"],
            Options = ["options"],
            Reference = ["answer"],
            Output = ["generated_text", "model_outputs", "model_output"],
            Prediction = ["pred"],
        },
        LmEval => new RecordedMap
        {
            // What a task's rows are called is the task's own affair: these are MMLU-Pro, MATH, GPQA, SuperGPQA and most others.
            Id = ["doc.question_id", "doc.unique_id", "doc.\"Record ID\"", "doc.uuid", "doc.id"],
            Text = ["doc.question", "doc.Question", "doc.problem", "doc.query"],
            Options = ["doc.options", "doc.choices.text", "doc.choices"],
            Reference = ["doc.answer", "target"],
            Prompt = ["arguments.gen_args_0.arg_0", "arguments[0][0]"],
            Output = ["resps[0]"],
            Prediction = ["filtered_resps[0]"],
            Correct = ["exact_match", "acc", "math_verify"],
            Filter = ["filter"],
        },
        Lighteval => new RecordedMap
        {
            Prompt = ["doc.query", "full_prompt", "example"],
            Output = ["model_response.text", "predictions"],
            Thinking = ["model_response.reasonings"],
            Reference = ["doc.specific.answer"],
        },
        Inspect => new RecordedMap
        {
            Id = ["id"],
            Text = ["input"],
            Options = ["choices"],
            Reference = ["target"],
            Output = ["output.choices[0].message"],
            Tokens = ["output.usage.output_tokens"],
            Finish = ["output.choices[0].stop_reason"],
            Prediction = ["scores.choice.answer", "scores.match.answer"],
            Correct = ["scores.choice.value", "scores.match.value"],
            Repeat = ["epoch"],
        },
        NemoSkills => new RecordedMap
        {
            Id = ["id", "problem_id"],
            Text = ["problem", "question"],
            Options = ["options"],
            Reference = ["expected_answer"],
            Output = ["generation"],
            Thinking = ["reasoning_content"],
            Tokens = ["num_generated_tokens"],
            Finish = ["finish_reason"],
            Prediction = ["predicted_answer"],
            Correct = ["symbolic_correct", "is_correct", "judge_correct"],
        },
        _ => new RecordedMap(),
    };
}
