using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaturalThoughts.Bench;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Tokenizer.Bench;

// Encoding, in turns with the reference in JavaScript: medians of MB (UTF-8) in a second of processor time, so that other work on the
// machine counts less. A tenth of the texts goes before the clock. Needs the npm packages that .ci/run installs.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string root = args.Length > 0 ? args[0] : Environment.CurrentDirectory;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
string modules = Path.GetFullPath(Path.Combine(root, ".cache", "tokenizer-parity", "node_modules"));
string version = (string)JsonNode.Parse(File.ReadAllText(Path.Combine(modules, "@huggingface", "tokenizers", "package.json")))!["version"]!;
foreach (string name in new[] { "llama3_1", "qwen2_5" })
{
    Tokenizer tokenizer = Tokenizer.Load(Path.Combine(modules, "@lenml", "tokenizer-" + name, "models"));
    foreach ((string kind, string[] documents) in BenchTexts.All(root, 2_000_000))
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(documents));
        double megabytes = documents.Sum(System.Text.Encoding.UTF8.GetByteCount) / 1e6;
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        (double Seconds, int Tokens, int Checksum) own = Encode(tokenizer, documents[..(documents.Length / 10)]);
        for (int round = 0; round < rounds; round++)
        {
            own = Encode(tokenizer, documents);
            (double Seconds, int Tokens, int Checksum) other = JavaScript("tokenizer-" + name, file);
            if ((own.Tokens, own.Checksum) != (other.Tokens, other.Checksum))
            {
                Console.Error.WriteLine($"{name}, {kind}: {own.Tokens} tokens against {other.Tokens}, or others.");
                return 1;
            }

            (ours[round], theirs[round]) = (own.Seconds, other.Seconds);
        }

        File.Delete(file);
        (double here, double there) = (megabytes / Measured.Median(ours), megabytes / Measured.Median(theirs));
        Measured.Print($"{name}, {kind}", here, "MB/s", $"@huggingface/tokenizers {version}", there, here / there);
    }
}

return 0;

static (double Seconds, int Tokens, int Checksum) Encode(Tokenizer tokenizer, string[] documents)
{
    int tokens = 0;
    int checksum = 0;
    TimeSpan start = Environment.CpuUsage.TotalTime;
    foreach (string document in documents)
    {
        int[] ids = tokenizer.Encode(document, parseSpecial: true);
        tokens += ids.Length;
        foreach (int id in ids)
        {
            checksum = unchecked((checksum * 31) + id);
        }
    }

    return ((Environment.CpuUsage.TotalTime - start).TotalSeconds, tokens, checksum);
}

(double Seconds, int Tokens, int Checksum) JavaScript(string package, string file)
{
    ProcessStartInfo start = new("node", [Path.Combine(root, "bench", "Tokenizer", "bench.mjs"), modules, package, file]) { RedirectStandardOutput = true };
    using Process node = Process.Start(start)!;
    string[] parts = node.StandardOutput.ReadToEnd().Split(' ');
    node.WaitForExit();
    int Whole(string part) => int.Parse(part, CultureInfo.InvariantCulture);
    return (double.Parse(parts[0], CultureInfo.InvariantCulture), Whole(parts[1]), Whole(parts[2]));
}
