using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation;
using NaturalThoughts.Evaluation.Auditing;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Pipeline.Graph;
using NaturalThoughts.Pipeline.Scheduling;
using NaturalThoughts.Pipeline.Store;
using NaturalThoughts.Records;

namespace NaturalThoughts.Build.Verbs;

/// <summary>The answers below an address that several protocols graded, and where verdicts on them are kept.</summary>
internal sealed class AuditSubject
{
    private readonly Dictionary<(string QuestionId, string AnswerDigest), AuditItem> _items = [];

    private AuditSubject(string history) => History = history;

    /// <summary>The file of verdicts: one for each benchmark of a profile, since a verdict is about a question and a text, whoever wrote it.</summary>
    public string History { get; }

    /// <summary>The answers that protocols credit differently, or that one of them cannot read or decide.</summary>
    public List<ProtocolDisagreement> Open { get; } = [];

    /// <summary>The targets below the address of the command line that grade by several protocols.</summary>
    /// <exception cref="UserErrorException">There is none, or they are of several benchmarks.</exception>
    public static IReadOnlyList<string> Spreads(Session session)
    {
        string address = session.Invocation.Addresses.Count == 1
            ? session.Invocation.Addresses[0]
            : throw new UserErrorException("Audit takes one address.", "Audit", "Write --target=Audit Protocols/Qwen72B --profile=recorded.");
        IReadOnlyList<string> named = Names.Resolve(session.Plan, address, "Audit");
        string table = TaskGroups.Of(address).Split('/')[0] + "/";
        bool isTable = session.Plan.Tables.Any(known => known.Name == address);
        string[] spreads = [.. (isTable ? session.Graph.Order.Where(target => target.StartsWith(table, StringComparison.Ordinal)) : named)
            .Where(target => session.Graph[target].StageName == ProtocolSpreadStage.Name)];
        return spreads.Select(Benchmark).Distinct(StringComparer.Ordinal).ToArray() switch
        {
            [] =>
                throw new UserErrorException(
                    $"No answers below '{address}' are graded by several protocols.", "Audit", "Name two or more in 'protocol' of the profile's benchmark."),
            [_] => spreads,
            var several =>
                throw new UserErrorException($"'{address}' has answers to {several.Length} benchmarks.", "Audit", $"Name one, such as {spreads[0]}."),
        };
    }

    /// <summary>Reads what was graded.</summary>
    /// <exception cref="UserErrorException">The answers are not in this store.</exception>
    public static AuditSubject Read(Session session, IReadOnlyList<string> spreads, RunReport report)
    {
        AuditSubject subject = new(Path.Combine(session.Workspace.Results(session.Invocation.Profile), "audit", Benchmark(spreads[0]) + ".jsonl"));
        HashSet<(string, string)> seen = [];
        foreach (string spread in spreads)
        {
            string PathOf(TargetInput input) => Find(session, report[input.TargetAddress].Record!.Outputs[input.File!], input.TargetAddress);
            Target target = session.Graph[spread];
            List<ProtocolDisagreement> open = JsonLines.Read<ProtocolDisagreement>(
                Find(session, report[spread].Record!.Outputs[ProtocolSpreadStage.Disagreements], spread));
            Dictionary<string, Question> questions = QuestionRows.ById<Question>(PathOf(target.Inputs[GradeStage.QuestionsRole]), question => question.Id);
            Dictionary<string, ModelAnswer> answers = QuestionRows.ById<ModelAnswer>(
                PathOf(target.Inputs[GradeStage.AnswersRole]), answer => answer.QuestionId);

            // Two models may have written the same text.
            foreach (ProtocolDisagreement row in open.Where(row => seen.Add((row.QuestionId, row.AnswerDigest))))
            {
                subject.Open.Add(row);
                subject._items.Add((row.QuestionId, row.AnswerDigest), new AuditItem(questions[row.QuestionId], answers[row.QuestionId].Output));
            }
        }

        return subject;
    }

    /// <summary>The answers of drawn rows, with their text.</summary>
    public IReadOnlyList<AuditItem> Items(IEnumerable<ProtocolDisagreement> rows) => [.. rows.Select(row => _items[(row.QuestionId, row.AnswerDigest)])];

    /// <summary>Refuses to write the text of confidential questions anywhere but on a terminal.</summary>
    /// <exception cref="UserErrorException">The benchmark is confidential.</exception>
    public void RequireOpenText(string place)
    {
        if (_items.Values.Any(item => Confidential.Is(item.Question)))
        {
            throw new UserErrorException("The benchmark is confidential: its text goes into no file and no pipe.", place, "Read the answers on a terminal.");
        }
    }

    private static string Find(Session session, OutputFile file, string address) => session.Store.Find(file)
        ?? throw new UserErrorException(
            $"The outputs of {address} are not in this store.", "Audit",
            "Run in the store that made them, or free this one with --target=Clean and run again.");

    private static string Benchmark(string spread) => spread[(spread.LastIndexOf('/') + 1)..];
}
