using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Experiments.Data;
using NaturalThoughts.Experiments.Keys;
using NaturalThoughts.Experiments.Yaml;
using NaturalThoughts.Teaching;

namespace NaturalThoughts.Experiments.Binding;

/// <summary>Binds models behind endpoints as teacher, second model, annotator and judge: <c>{endpoint: ..., model: ..., ...}</c>.</summary>
internal static class EndpointSources
{
    /// <summary>A teacher; null after an error.</summary>
    public static RecordSource? Teacher(YamlMap map, ExperimentFiles files, ErrorList errors)
    {
        MapReader reader = EndpointBinder.Reader(map, "'teacher'", EndpointShapes.Teacher, errors);
        int before = errors.Count;
        JsonObject parameters = Common(reader, files);
        FieldMap.Add(parameters, nameof(TeachOptions.Prompt), EndpointBinder.Prompt(reader, "prompt", files));
        FieldMap.Add(parameters, nameof(TeachOptions.Sample), reader.Integer("sample"));
        RecordSource source = EndpointBinder.Sharded(new RecordSource(new Output("data/traces", TeachStage.Output), TeachStage.Name, parameters), reader);
        return Checked<TeachOptions>(source, parameters, options => options.Validate(), reader, before);
    }

    /// <summary>A second model, whose answers are compared with the teacher's; null after an error.</summary>
    public static RecordSource? Second(YamlMap map, ExperimentFiles files, ErrorList errors)
    {
        MapReader reader = EndpointBinder.Reader(map, "'second'", EndpointShapes.Teacher, errors);
        int before = errors.Count;
        JsonObject parameters = Common(reader, files);
        FieldMap.Add(parameters, nameof(AnswerOptions.Sample), reader.Integer("sample"));
        string? prompt = EndpointBinder.Prompt(reader, "prompt", files);
        if (prompt?.Contains(Records.PromptTemplate.QuestionMark, StringComparison.Ordinal) == false)
        {
            errors.Add(
                reader.AtOf("prompt"), $"The prompt lacks '{Records.PromptTemplate.QuestionMark}'.",
                $"Write {Records.PromptTemplate.QuestionMark} where it belongs.");
        }

        RecordSource prompts = new(
            new Output("data/second-prompts", PromptsStage.Output), PromptsStage.Name, StageParameters.Of(new PromptsOptions { Template = prompt ?? "" }));
        RecordSource source = new(new Output("data/second", AnswerStage.Output), AnswerStage.Name, parameters) { Made = [(AnswerStage.PromptsRole, prompts)] };
        return Checked<AnswerOptions>(EndpointBinder.Sharded(source, reader), parameters, options => options.Validate(), reader, before);
    }

    /// <summary>An annotator; null after an error.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key that it follows.</param>
    /// <param name="address">The address of the annotations.</param>
    /// <param name="files">Where the experiments are.</param>
    /// <param name="errors">Where errors go.</param>
    public static RecordSource? Annotator(YamlMap map, string key, string address, ExperimentFiles files, ErrorList errors)
    {
        MapReader reader = EndpointBinder.Reader(map, $"'{key}'", EndpointShapes.Annotator, errors);
        int before = errors.Count;
        JsonObject parameters = Common(reader, files);
        Structured(parameters, reader);
        FieldMap.Add(parameters, nameof(AnnotateOptions.Tasks), Tasks(reader, files));
        FieldMap.Add(parameters, nameof(AnnotateOptions.Domains), reader.Find("domains") is null ? null : FieldMap.Texts(reader, "domains"));

        JsonObject? vocabulary = VocabularyFile.Bind(reader, files);
        bool? keep = reader.Flag("keepUnmatched");
        if (keep is not null && reader.Find("vocabulary") is null)
        {
            errors.Add(
                reader.AtOf("keepUnmatched"), "'keepUnmatched' says what happens to names that a vocabulary lacks, but there is none.",
                "Add 'vocabulary: prompts/strategies.yaml', or remove the key.");
        }

        RecordSource source = EndpointBinder.Sharded(
            new RecordSource(new Output(vocabulary is null ? address : address + "/raw", AnnotateStage.Output), AnnotateStage.Name, parameters), reader);
        if (Checked<AnnotateOptions>(source, parameters, options => options.Validate(), reader, before) is null)
        {
            return null;
        }

        return vocabulary is null ? source : Merged(source, address, vocabulary, keep);
    }

    /// <summary>A judge of whether teacher and second model agree; null after an error.</summary>
    public static RecordSource? Judge(YamlMap map, ExperimentFiles files, ErrorList errors)
    {
        MapReader reader = EndpointBinder.Reader(map, "'agreement'", EndpointShapes.Judge, errors);
        int before = errors.Count;
        JsonObject parameters = Common(reader, files);
        Structured(parameters, reader);
        FieldMap.Add(parameters, nameof(JudgeModelOptions.Prompt), EndpointBinder.Prompt(reader, "prompt", files));
        FieldMap.Add(parameters, nameof(JudgeModelOptions.AgreeWhenUndecided), reader.Flag("agreeWhenUndecided"));
        RecordSource source = EndpointBinder.Sharded(
            new RecordSource(new Output("data/judgements", JudgeModelStage.Judgements), JudgeModelStage.Name, parameters), reader);
        return Checked<JudgeModelOptions>(source, parameters, options => options.Validate(), reader, before);
    }

    // All stages that call a model have these.
    private static JsonObject Common(MapReader reader, ExperimentFiles files)
    {
        JsonObject parameters = [];
        FieldMap.Add(parameters, nameof(AnswerOptions.Endpoint), EndpointBinder.Endpoint(reader));
        FieldMap.Add(parameters, nameof(AnswerOptions.System), EndpointBinder.Prompt(reader, "system", files));
        return parameters;
    }

    // Annotators and judges have these.
    private static void Structured(JsonObject parameters, MapReader reader)
    {
        FieldMap.Add(parameters, nameof(AnnotateOptions.Structured), reader.Flag("structured"));
        FieldMap.Add(parameters, nameof(AnnotateOptions.Repairs), reader.Integer("repairs"));
    }

    private static JsonArray? Tasks(MapReader reader, ExperimentFiles files)
    {
        if (reader.Require("tasks") is not { } node)
        {
            return null;
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            reader.Errors.Add(
                node.At, $"'tasks' must be a list, not {node.InWords}.",
                "Write '- {prompt: prompts/annotate-trace.txt, fields: [strategies, verbosity]}' below it.");
            return null;
        }

        JsonArray tasks = [];
        foreach (YamlNode item in list.Items)
        {
            if (NodeReader.Map(item, "tasks", reader.Errors) is { } map)
            {
                MapReader task = new(map, "a task", EndpointShapes.Task, reader.Errors);
                tasks.Add(new JsonObject
                {
                    [StageParameters.Name(nameof(AnnotateTask.Prompt))] = EndpointBinder.Prompt(task, "prompt", files),
                    [StageParameters.Name(nameof(AnnotateTask.Fields))] = FieldMap.Texts(task, "fields"),
                });
            }
        }

        return tasks;
    }

    private static RecordSource Merged(RecordSource annotations, string address, JsonObject vocabulary, bool? keepUnmatched)
    {
        JsonObject parameters = [];
        FieldMap.Add(parameters, nameof(MergeStrategiesOptions.Vocabulary), vocabulary);
        FieldMap.Add(parameters, nameof(MergeStrategiesOptions.KeepUnmatched), keepUnmatched);
        return new RecordSource(new Output(address, MergeStrategiesStage.Output), MergeStrategiesStage.Name, parameters)
        {
            Made = [(MergeStrategiesStage.AnnotationsRole, annotations)],
        };
    }

    // A stage's own check needs whole parameters.
    private static RecordSource? Checked<T>(
        RecordSource source, JsonObject parameters, Func<T, IReadOnlyList<UserError>> validate, MapReader reader, int before)
        where T : class
    {
        if (reader.Errors.Count == before)
        {
            EndpointBinder.Check(parameters, validate, reader);
        }

        return reader.Errors.Count > before ? null : source;
    }
}
