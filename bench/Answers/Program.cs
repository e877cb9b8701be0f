using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NaturalThoughts.Answers;
using NaturalThoughts.Answers.Bench;

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
for (int round = 0; round < 2; round++)
{
    judged.Clear();
    foreach (Pair pair in pairs)
    {
        long start = Stopwatch.GetTimestamp();
        EqualityVerdict verdict = AnswerEquality.Compare(pair.Gold, pair.Answer);
        judged.Add((pair, verdict, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
    }
}

var scored = judged.Where(row => row.Pair.Scored).ToList();
foreach (var group in scored.GroupBy(row => row.Pair.Category))
{
    int right = group.Count(row => (row.Verdict.Equality == Equality.Equal) == row.Pair.Expected);
    Console.WriteLine($"{group.Key,-22} {right,3} of {group.Count(),3}");
}

foreach (var row in scored.Where(row => (row.Verdict.Equality == Equality.Equal) != row.Pair.Expected))
{
    Console.WriteLine($"{row.Pair.Id}: {Cut(row.Pair.Gold)} ~ {Cut(row.Pair.Answer)}: {row.Verdict.Equality}, {row.Verdict.Reason}");
}

int agreed = scored.Count(row => (row.Verdict.Equality == Equality.Equal) == row.Pair.Expected);
int credited = scored.Count(row => row.Verdict.Equality == Equality.Equal && !row.Pair.Expected);
int undecided = scored.Count(row => row.Verdict.Equality == Equality.Undecided);
Console.WriteLine($"{agreed} of {scored.Count} scored pairs agree ({100.0 * agreed / scored.Count:F1} %), {credited} credited wrongly, {undecided} undecided");
foreach (var row in judged.OrderByDescending(row => row.Milliseconds).Take(8))
{
    Console.WriteLine($"{row.Milliseconds,8:F1} ms  {row.Pair.Id}");
}

long before = Stopwatch.GetTimestamp();
for (int round = 0; round < rounds; round++)
{
    foreach (Pair pair in pairs)
    {
        AnswerEquality.Compare(pair.Gold, pair.Answer);
    }
}

Console.WriteLine($"one thread: {rounds * pairs.Length / Stopwatch.GetElapsedTime(before).TotalSeconds:F0} pairs/s");
before = Stopwatch.GetTimestamp();
Parallel.For(0, rounds * pairs.Length, i => AnswerEquality.Compare(pairs[i % pairs.Length].Gold, pairs[i % pairs.Length].Answer));
Console.WriteLine($"{Environment.ProcessorCount} processors: {rounds * pairs.Length / Stopwatch.GetElapsedTime(before).TotalSeconds:F0} pairs/s");
return 0;

static string Cut(string text) => text.Length <= 120 ? text : text[..60] + "..." + text[^20..];
