using System.Globalization;
using NaturalThoughts.Power.Bench;

// Level, power and detectable effects of the tables' test under the variances of committed outcomes, and its assumptions; writes the tables of docs/power.md.
// Arguments: folder of results (results/mini), trials of each simulation (2,000), two folders of blocks (results/midi results/midi-b) and
// a table that both have (Table1).
string folder = args.Length > 0 ? args[0] : "results/mini";
int trials = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2_000;
IReadOnlyList<MeasuredVariance> measured = MeasuredVariance.Read(folder);
Console.WriteLine(
    "| benchmark | size | students | replicates' sd beyond answers | answers' variance | method x question |\n| --- | ---: | ---: | ---: | ---: | ---: |");
foreach (MeasuredVariance one in measured)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {one.Benchmark} | {one.Size} | {one.Noise.Students} | {100 * Math.Sqrt(one.Noise.Excess):F2} | {one.Answers:F3} | {one.Interaction:F4} |"));
}

Console.WriteLine();
Design.Write(measured, Console.Out);
Console.WriteLine();
Simulation.Write([.. measured.Where(one => one.Benchmark == "Broad")], trials, Console.Out);
if (args.Length > 3)
{
    Console.WriteLine();
    string table = args.Length > 4 ? args[4] : "Table1";
    Blocks.Write(args[2], args[3], table, Console.Out);
    Console.WriteLine();
    Seeds.Write(args[2], args[3], table, Console.Out);
}
