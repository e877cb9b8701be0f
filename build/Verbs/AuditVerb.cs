using NaturalThoughts.Build.Display;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Build.Running;
using NaturalThoughts.Contracts;
using NaturalThoughts.Evaluation.Auditing;
using NaturalThoughts.Evaluation.ProtocolSpread;
using NaturalThoughts.Pipeline.Scheduling;

namespace NaturalThoughts.Build.Verbs;

/// <summary>
/// Draws answers on which grading protocols differ, lets a person judge them on a terminal or in a file, keeps the verdicts, and says how
/// often each protocol agrees with them.
/// </summary>
internal static class AuditVerb
{
    private const int DefaultCount = 20;
    private const string Keys = "[r]ight, [w]rong, [u]nclear, [s]kip, [q]uit; a note may follow";

    /// <summary>Runs the one address that the command line names.</summary>
    /// <exception cref="UserErrorException">The address has no answers that several protocols graded, or a verdict in the file is none.</exception>
    public static async Task<ExitCode> RunAsync(Command command)
    {
        (_, TextWriter output, TextWriter error, CancellationToken cancellation) = command;
        await using Session session = await Session.OpenAsync(command);
        IReadOnlyList<string> spreads = AuditSubject.Spreads(session);
        RunReport report = await session.RunAsync(spreads);
        if (!report.Succeeded)
        {
            Summary.WriteFailures(report, error, session.Invocation.Verbosity);
            return report.ExitCode;
        }

        AuditSubject subject = AuditSubject.Read(session, spreads, report);
        string history = subject.History;
        if (session.Invocation.File is { } file)
        {
            await UseFileAsync(session, subject, file, output);
        }
        else
        {
            await AskAsync(session, subject, Console.In, output, cancellation);
        }

        await WriteScoresAsync(session, subject.Open, AuditFile.Read(history), history, output);
        return ExitCode.Done;
    }

    private static async Task UseFileAsync(Session session, AuditSubject subject, string file, TextWriter output)
    {
        if (!Path.Exists(file))
        {
            subject.RequireOpenText("--file");
            IReadOnlyList<AuditItem> drawn = Drawn(session, subject);
            await File.WriteAllTextAsync(file, AuditSheet.Write($"Audit of {session.Invocation.Addresses[0]} (profile {session.Invocation.Profile})", drawn));
            await output.WriteLineAsync($"{file}: {Format.Many(drawn.Count, "answer")} to read. Fill in the verdicts and give the same command again.");
            return;
        }

        HashSet<(string, string)> known = [.. subject.Open.Select(row => (row.QuestionId, row.AnswerDigest))];
        List<AuditVerdict> news = AuditFile.News(AuditFile.Read(subject.History), AuditSheet.Read(RegularFile.Require(file), known, Author(session), Today()));
        Keep(subject.History, news);
        await output.WriteLineAsync($"{file}: {Format.Many(news.Count, "new verdict")}.");
    }

    private static async Task AskAsync(Session session, AuditSubject subject, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected)
        {
            subject.RequireOpenText("a pipe");
        }

        IReadOnlyList<AuditItem> drawn = Drawn(session, subject);
        for (int i = 0; i < drawn.Count; i++)
        {
            await output.WriteLineAsync($"\n[{i + 1}/{drawn.Count}] question {drawn[i].Question.Id}");
            foreach (string line in drawn[i].Lines())
            {
                await output.WriteLineAsync("  " + line);
            }

            while (true)
            {
                await output.WriteAsync($"{Keys}> ");
                string? typed = (await input.ReadLineAsync(cancellation))?.Trim();
                string word = typed?.Split(' ', 2)[0] ?? "q";
                if (word is "q" or "quit")
                {
                    await output.WriteLineAsync();
                    return;
                }

                if (AuditVerdict.Find(word) is { } verdict)
                {
                    // One after the other: whoever stops here loses nothing.
                    Keep(
                        subject.History,
                        [new AuditVerdict(drawn[i].Question.Id, drawn[i].AnswerDigest, verdict, Author(session), Today(), typed![word.Length..].Trim())]);
                    break;
                }

                if (word is "s" or "skip")
                {
                    break;
                }
            }
        }
    }

    private static IReadOnlyList<AuditItem> Drawn(Session session, AuditSubject subject) => subject.Items(
        AuditDraw.Take(subject.Open, AuditFile.Read(subject.History), session.Invocation.Addresses[0], session.Invocation.Count ?? DefaultCount));

    private static void Keep(string history, IReadOnlyCollection<AuditVerdict> verdicts)
    {
        if (verdicts.Count > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(history)!);
            AuditFile.Append(history, verdicts);
        }
    }

    private static async Task WriteScoresAsync(
        Session session, IReadOnlyList<ProtocolDisagreement> open, IReadOnlyList<AuditVerdict> history, string path, TextWriter output)
    {
        List<AuditScore> scores = AuditScore.Of(open, history);
        if (scores.Count == 0)
        {
            await output.WriteLineAsync($"No verdict on any of {Format.Many(open.Count, "open answer")} yet.");
            return;
        }

        int width = scores.Max(score => score.Protocol.Length);
        await output.WriteLineAsync($"{"protocol".PadRight(width)}  agrees  of  share    95 % interval  credited wrongly  missed");
        foreach (AuditScore score in scores)
        {
            (double low, double high) = score.Wilson;
            await output.WriteLineAsync(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{score.Protocol.PadRight(width)}  {score.Agree,6}  {score.Judged,2}  {100 * score.Share,5:0.0}  {100 * low,5:0.0} to {100 * high,5:0.0}  "
                + $"{score.FalseCredit,16}  {score.Missed,6}"));
        }

        await output.WriteLineAsync(
            $"Verdicts: {TableFiles.Shown(session, path)}. Answers on which all protocols agree are not among them: "
            + "the shares compare protocols, and are no accuracy.");
    }

    private static string Author(Session session) => session.Invocation.Author ?? Environment.UserName;

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
}
