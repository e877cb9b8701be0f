using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Bench;
using NaturalThoughts.Bench;

// Verdicts on a file of pairs (JSONL: id, category, gold, answer, expected, scored): agreement by category, every disagreement, the slowest pairs,
// and pairs in a second on one thread and on all processors.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: NaturalThoughts.Answers.Bench PAIRS.jsonl [ROUNDS]");
    return 1;
}

JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
Pair[] pairs = [.. File.ReadLines(args[0]).Select(line => JsonSerializer.Deserialize<Pair>(line, options)!)];
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;

List<(Pair Pair, EqualityVerdict Verdict, double Milliseconds)> judged = [];
foreach (Pair pair in pairs)
{
    judged.Add((pair, AnswerEquality.Compare(pair.Gold, pair.Answer), 0));
}

List<(Pair Pair, EqualityVerdict Verdict, double Milliseconds)> scored = [.. judged.Where(row => row.Pair.Scored)];
foreach (IGrouping<string, (Pair Pair, EqualityVerdict Verdict, double Milliseconds)> group in scored.GroupBy(row => row.Pair.Category))
{
    int right = group.Count(row => (row.Verdict.Equality == Equality.Equal) == row.Pair.Expected);
    Console.WriteLine($"{group.Key,-22} {right,3} of {group.Count(),3}");
}

foreach ((Pair Pair, EqualityVerdict Verdict, double Milliseconds) row in scored.Where(row => (row.Verdict.Equality == Equality.Equal) != row.Pair.Expected))
{
    Console.WriteLine($"{row.Pair.Id}: {Cut(row.Pair.Gold)} ~ {Cut(row.Pair.Answer)}: {row.Verdict.Equality}, {row.Verdict.Reason}");
}

int agreed = scored.Count(row => (row.Verdict.Equality == Equality.Equal) == row.Pair.Expected);
int credited = scored.Count(row => row.Verdict.Equality == Equality.Equal && !row.Pair.Expected);
int undecided = scored.Count(row => row.Verdict.Equality == Equality.Undecided);
Console.WriteLine($"{agreed} of {scored.Count} scored pairs agree ({100.0 * agreed / scored.Count:F1} %), {credited} credited wrongly, {undecided} undecided");
Measured.Print("agreement", 100.0 * agreed / scored.Count, "%");
Measured.Print("credited wrongly", credited, "pairs");

// Processor time, so that other work on the machine counts less.
TimeSpan Spent() => Process.GetCurrentProcess().TotalProcessorTime;
double[] fastest = [.. Enumerable.Repeat(double.MaxValue, pairs.Length)];
TimeSpan before = TimeSpan.Zero;
for (int round = -Math.Min(3, rounds); round < rounds; round++)
{
    before = round == 0 ? Spent() : before;
    for (int i = 0; i < pairs.Length; i++)
    {
        long start = Stopwatch.GetTimestamp();
        AnswerEquality.Compare(pairs[i].Gold, pairs[i].Answer);
        fastest[i] = Math.Min(fastest[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}

Measured.Print("speed", rounds * pairs.Length / (Spent() - before).TotalSeconds, "pairs/s");
Console.WriteLine($"The fastest runs of all pairs add up to {fastest.Sum():F0} ms");
foreach ((double milliseconds, int i) in fastest.Select((time, i) => (time, i)).OrderByDescending(pair => pair.time).Take(12))
{
    Console.WriteLine($"{milliseconds,8:F2} ms  {pairs[i].Id}");
}

return 0;

static string Cut(string text) => text.Length <= 120 ? text : text[..60] + "..." + text[^20..];
