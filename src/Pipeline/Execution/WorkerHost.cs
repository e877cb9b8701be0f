using System.Runtime.InteropServices;
using System.Threading.Channels;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Pipeline.Execution;

/// <summary>A worker's side: reads jobs, runs their stages one after another, writes progress and results.</summary>
public static class WorkerHost
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Serves standard input and output until the parent closes the input or dies; ends the process when that happens in the middle
    /// of a job. What stages write to the console goes to standard error.
    /// </summary>
    /// <param name="catalog">Stage name to stage.</param>
    /// <returns>The exit code, 0.</returns>
    public static int Run(Func<string, IStage> catalog)
    {
        using Stream output = Console.OpenStandardOutput();
        using Stream input = Console.OpenStandardInput();
        Console.SetOut(Console.Error);

        // Ctrl-C reaches the whole process group; the parent decides what to do about it and closes the input.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        return Run(catalog, input, output, () => Environment.Exit((int)ExitCode.Interrupted));
    }

    /// <summary>Serves a pair of streams until the input ends.</summary>
    /// <param name="catalog">Stage name to stage.</param>
    /// <param name="input">Jobs, one JSON object a line.</param>
    /// <param name="output">Progress and results.</param>
    /// <param name="abandon">Is called when the input ended in the middle of a job that does not stop within a second.</param>
    /// <returns>0.</returns>
    public static int Run(Func<string, IStage> catalog, Stream input, Stream output, Action abandon)
    {
        Channel<string> jobs = Channel.CreateUnbounded<string>();
        using CancellationTokenSource gone = new();
        using ManualResetEventSlim idle = new(initialState: true);
        Thread reading = new(() =>
        {
            using StreamReader reader = new(input);
            while (reader.ReadLine() is { } line)
            {
                jobs.Writer.TryWrite(line);
            }

            jobs.Writer.Complete();
            gone.Cancel();
            if (!idle.Wait(Grace))
            {
                abandon();
            }
        })
        { IsBackground = true };
        reading.Start();

        using StreamWriter writer = new(output) { AutoFlush = true, NewLine = "\n" };
        Lock gate = new();
        while (jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (jobs.Reader.TryRead(out string? line))
            {
                idle.Reset();
                Say(Answer(catalog, line, progress => Say(WorkerMessages.Progress(progress)), gone.Token));
                idle.Set();
            }
        }

        reading.Join();
        return 0;

        void Say(string message)
        {
            lock (gate)
            {
                try
                {
                    writer.WriteLine(message);
                }
                catch (IOException)
                {
                    // The parent is gone; the end of the input stops this worker.
                }
            }
        }
    }

    private static string Answer(Func<string, IStage> catalog, string line, Action<StageProgress> progress, CancellationToken cancellation)
    {
        try
        {
            StageJob job = WorkerMessages.ReadJob(line);
            return WorkerMessages.Result(catalog(job.StageName).Run(InProcessExecutor.ContextOf(job, new ProgressThrottle(progress), cancellation)));
        }
        catch (Exception e)
        {
            return WorkerMessages.Error(StageFailedException.From(e));
        }
    }
}
