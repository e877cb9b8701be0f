using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>
/// The protocol between a host and a worker: one JSON object a line. A line of the worker starts with a record separator, so that
/// whatever native code prints beside it is told apart.
/// </summary>
internal static class WorkerMessages
{
    /// <summary>U+001E; what comes before it in a line is noise.</summary>
    public const char Start = '\u001e';

    public static string Job(StageJob job) => new JsonObject
    {
        ["address"] = job.Address,
        ["stage"] = job.StageName,
        ["parameters"] = job.Parameters.DeepClone(),
        ["inputs"] = new JsonObject(job.Inputs.Select(input => KeyValuePair.Create<string, JsonNode?>(input.Key, input.Value))),
        ["output"] = job.OutputFolder,
        ["threads"] = job.Threads,
        ["device"] = job.Device,
        ["longRun"] = JsonSerializer.SerializeToNode(job.LongRun),
    }.ToJsonString();

    public static StageJob ReadJob(string line)
    {
        JsonObject json = JsonNode.Parse(line)!.AsObject();
        JsonObject parameters = json["parameters"]!.AsObject();
        json.Remove("parameters");
        return new StageJob
        {
            Address = (string)json["address"]!,
            StageName = (string)json["stage"]!,
            Parameters = parameters,
            Inputs = json["inputs"]!.AsObject().ToDictionary(input => input.Key, input => (string)input.Value!, StringComparer.Ordinal),
            OutputFolder = (string)json["output"]!,
            Threads = (int)json["threads"]!,
            Device = (string)json["device"]!,
            LongRun = json["longRun"].Deserialize<LongRun>(),
            UsesTensors = true,
        };
    }

    public static string Progress(StageProgress progress) => Start + new JsonObject
    {
        ["type"] = "progress",
        ["done"] = progress.Done,
        ["total"] = progress.Total,
        ["before"] = progress.Before,
        ["unit"] = progress.Unit,
        ["note"] = progress.Note,
    }.ToJsonString();

    public static string Result(StageResult result) => Start + new JsonObject
    {
        ["type"] = "result",
        ["counts"] = new JsonObject(result.Counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value))),
        ["measured"] = JsonSerializer.SerializeToNode(result.Measured),
        ["warnings"] = new JsonArray([.. result.Warnings.Select(warning => JsonValue.Create(warning))]),
    }.ToJsonString();

    public static string Error(StageFailedException failed) => Start + new JsonObject
    {
        ["type"] = "error",
        ["errors"] = new JsonArray([.. failed.Errors.Select(error => new JsonObject
        {
            ["message"] = error.Message,
            ["location"] = error.Location,
            ["hint"] = error.Hint,
        })]),
        ["details"] = failed.Details,
        ["storage"] = failed.IsStorage,
        ["user"] = failed.IsUserError,
    }.ToJsonString();

    /// <summary>What a line of a worker says: progress, a result, a failure, or null for noise.</summary>
    public static object? Read(string line)
    {
        int start = line.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        try
        {
            JsonObject json = JsonNode.Parse(line[(start + 1)..])!.AsObject();
            return (string?)json["type"] switch
            {
                "progress" =>
                    new StageProgress((long)json["done"]!, (long)json["total"]!, (string)json["unit"]!, (string?)json["note"])
                    {
                        Before = (long)json["before"]!,
                    },
                "result" => new StageResult
                {
                    Counts = new(json["counts"]!.AsObject().ToDictionary(count => count.Key, count => (long)count.Value!), StringComparer.Ordinal),
                    Measured = new(json["measured"]!.AsObject().ToDictionary(value => value.Key, value => (double)value.Value!), StringComparer.Ordinal),
                    Warnings = [.. json["warnings"]!.AsArray().Select(warning => (string)warning!)],
                },
                "error" => new StageFailedException(
                    [.. json["errors"]!.AsArray()
                        .Select(error => new UserError((string)error!["message"]!, (string?)error["location"], (string?)error["hint"]))],
                    (string?)json["details"])
                {
                    IsStorage = (bool)json["storage"]!,
                    IsUserError = (bool)json["user"]!,
                },
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            return null;
        }
    }
}
