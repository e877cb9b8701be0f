using System.Globalization;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Tests.Execution;

/// <summary>The stages of the test worker.</summary>
internal static class WorkerStages
{
    public static IStage Catalog(string name) => new FakeStage(name, context => Run(name, context), "data.txt");

    private static StageResult Run(string name, StageContext context)
    {
        switch (name)
        {
            case "noisy":
                Console.WriteLine("{\"type\":\"result\"}");
                Console.Write("no line end");
                using (Stream raw = Console.OpenStandardOutput())
                {
                    raw.Write("native noise without a line end"u8);
                }

                context.Progress!.Report(new StageProgress(1, 2, "rows", "half\n\u001e"));
                Bench.Write(context, File.ReadAllText(context.Input("in")) + "!" + (string?)context.Parameters["word"]);
                return new StageResult { Counts = new(StringComparer.Ordinal) { ["rows"] = 3 }, Warnings = ["ü\n\"w\""] };
            case "pid":
                return Bench.Write(context, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + " " + context.Threads + " " + context.Device);
            case "user-error":
                throw new UserErrorException([new UserError("bad row", "data.jsonl:3", "mend it"), new UserError("worse row")]);
            case "bug":
                throw new InvalidOperationException("a bug");
            case "full":
                File.WriteAllText("/dev/full", "x");
                return new StageResult();
            case "die":
                Console.Error.WriteLine("Segmentation of thoughts");
                Console.Error.Flush();
                Environment.Exit(7);
                return new StageResult();
            case "hang":
                File.WriteAllText((string)context.Parameters["sign"]!, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                Thread.Sleep(Timeout.Infinite);
                return new StageResult();
            default:
                throw new ArgumentException(name);
        }
    }
}
