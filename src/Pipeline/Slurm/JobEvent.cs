using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Pipeline.Slurm;

/// <summary>One line of what a job tells: that it began, or how it goes with one of its targets.</summary>
internal abstract record JobEvent
{
    /// <summary>The job's process began, on a node; for the second time when Slurm requeued it.</summary>
    public sealed record Began(string Node) : JobEvent;

    /// <summary>A target's stage starts.</summary>
    public sealed record Started(string Address) : JobEvent;

    /// <summary>A target's stage tells how far it is.</summary>
    public sealed record Progressed(string Address, StageProgress Progress) : JobEvent;

    /// <summary>A target of the job ended, with this result.</summary>
    public sealed record Finished(TargetResult Result) : JobEvent;

    public string ToLine() => (this switch
    {
        Began began => new JsonObject { ["event"] = "began", ["node"] = began.Node },
        Started started => new JsonObject { ["event"] = "started", ["address"] = started.Address },
        Progressed { Address: var address, Progress: var progress } => new JsonObject
        {
            ["event"] = "progress",
            ["address"] = address,
            ["done"] = progress.Done,
            ["total"] = progress.Total,
            ["unit"] = progress.Unit,
            ["note"] = progress.Note,
        },
        Finished { Result: var result } => new JsonObject
        {
            ["event"] = "finished",
            ["address"] = result.Address,
            ["outcome"] = result.Outcome.ToString(),
            ["ticks"] = result.Duration.Ticks,
            ["blockedBy"] = result.BlockedBy,
            ["errors"] = new JsonArray([.. result.Errors.Select(error => new JsonObject
            {
                ["message"] = error.Message,
                ["location"] = error.Location,
                ["hint"] = error.Hint,
            })]),
            ["details"] = result.Details,
            ["usersData"] = result.IsOfUsersData,
        },
        _ => throw new InvalidOperationException($"Unknown event {this}."),
    }).ToJsonString();

    /// <summary>The event of a line; null for a line that is none.</summary>
    public static JobEvent? Read(string line)
    {
        try
        {
            JsonObject json = JsonNode.Parse(line)!.AsObject();
            return (string?)json["event"] switch
            {
                "began" => new Began((string)json["node"]!),
                "started" => new Started((string)json["address"]!),
                "progress" => new Progressed(
                    (string)json["address"]!, new StageProgress((long)json["done"]!, (long)json["total"]!, (string)json["unit"]!, (string?)json["note"])),
                "finished" => new Finished(new TargetResult((string)json["address"]!, Enum.Parse<TargetOutcome>((string)json["outcome"]!))
                {
                    Duration = new TimeSpan((long)json["ticks"]!),
                    BlockedBy = (string?)json["blockedBy"],
                    Errors =
                    [
                        .. json["errors"]!.AsArray()
                            .Select(error => new UserError((string)error!["message"]!, (string?)error["location"], (string?)error["hint"])),
                    ],
                    Details = (string?)json["details"],
                    IsOfUsersData = (bool)json["usersData"]!,
                }),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
