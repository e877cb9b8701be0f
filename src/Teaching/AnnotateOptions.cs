using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;
using NaturalThoughts.Teaching.Reading;
using NaturalThoughts.Teaching.Running;

namespace NaturalThoughts.Teaching;

/// <summary>The parameters of <see cref="AnnotateStage"/>.</summary>
public sealed record AnnotateOptions
{
    /// <summary>The model that annotates.</summary>
    public required EndpointOptions Endpoint { get; init; }

    /// <summary>
    /// What it is asked, in this order, each as a call. Together they name domain, strategies and verbosity once each, and topics at most once.
    /// </summary>
    public required IReadOnlyList<AnnotateTask> Tasks { get; init; }

    /// <summary>The system's message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>The domains to choose from. Default: the paper's 13.</summary>
    public IReadOnlyList<string> Domains { get; init; } = AnnotationReader.PaperDomains;

    /// <summary>Whether the reply's JSON schema is sent along (<c>response_format</c>). Default true.</summary>
    public bool Structured { get; init; } = true;

    /// <summary>How often a reply that cannot be read is sent back. Default 2.</summary>
    public int Repairs { get; init; } = 2;

    /// <summary>The part of the questions that is annotated.</summary>
    public ShardOptions Shard { get; init; } = new();

    /// <summary>All that is wrong with these options.</summary>
    public IReadOnlyList<UserError> Validate()
    {
        List<UserError> errors = [.. Endpoint.Validate(), .. Shard.Validate()];
        string[] fields = [.. Tasks.SelectMany(task => task.Fields)];
        errors.AddRange(fields.Except(AnnotationReader.All, StringComparer.Ordinal)
            .Select(field => new UserError($"There is no field '{field}' of an annotation.", "tasks", NearestName.Hint(field, AnnotationReader.All))));
        errors.AddRange(fields.GroupBy(field => field, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => new UserError($"Two tasks ask for '{group.Key}'.", "tasks", "Each field is asked for once.")));
        errors.AddRange(AnnotationReader.All.Except([.. fields, AnnotationReader.Topics], StringComparer.Ordinal)
            .Select(field => new UserError($"No task asks for '{field}'.", "tasks", "An annotation has a domain, strategies and a verbosity.")));
        for (int i = 0; i < Tasks.Count; i++)
        {
            (AnnotateTask task, string at) = (Tasks[i], FormattableString.Invariant($"tasks.{i}.prompt"));
            bool ofTrace = task.Fields.Contains(AnnotationReader.Strategies, StringComparer.Ordinal)
                || task.Fields.Contains(AnnotationReader.Verbosity, StringComparer.Ordinal);
            errors.AddRange(PromptCheck.Of(task.Prompt, ofTrace ? "{thinking}" : "{question}").Select(error => error with { Location = at }));
        }

        if (Domains.Count == 0 || Repairs is < 0 or > 10)
        {
            errors.Add(new UserError("No domains, or a number of repairs out of range.", "domains", "Give at least one domain, and 0 to 10 repairs."));
        }

        return errors;
    }
}
