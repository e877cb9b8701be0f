using NaturalThoughts.Contracts;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// Threads that compute several tasks side by side, each task on one of them. A thread for which no task is left takes items of the kernels
/// of the others' tasks: processors that are not equally fast are done at the same time.
/// </summary>
internal sealed class Team
{
    [ThreadStatic]
    private static Team? t_team;

    [ThreadStatic]
    private static int t_task;

    private readonly Action<int> _task;
    private readonly WorkItems?[] _open;
    private int _begun = -1;
    private int _ended;

    private Team(int tasks, int threads, Action<int> task) => (_open, Threads, _task) = (new WorkItems?[tasks], Math.Max(1, threads / tasks), task);

    /// <summary>The one whose task runs on this thread; null for none.</summary>
    public static Team? Current => t_team;

    /// <summary>Threads for each task, at least 1: what a kernel's work is cut for.</summary>
    public int Threads { get; }

    /// <summary>Computes all tasks. One alone has no team: its kernels find their threads themselves.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="task">Must not depend on which thread it is.</param>
    public static void Run(int tasks, int threads, Action<int> task)
    {
        if (tasks == 1)
        {
            task(0);
            return;
        }

        new Team(tasks, threads, task).Run(threads);
    }

    /// <summary>
    /// Computes one task of many small kernels; the other threads wait awake between them: waking one takes as long as such a kernel.
    /// </summary>
    /// <param name="threads">At least 1; with one there is no team.</param>
    /// <param name="task">May run on any of the threads.</param>
    public static void Run(int threads, Action task)
    {
        if (threads == 1)
        {
            task();
            return;
        }

        new Team(1, threads, _ => task()).Run(threads);
    }

    /// <summary>Computes items of the task on this thread; whoever is free helps.</summary>
    public void Share(WorkItems items)
    {
        int task = t_task;
        Volatile.Write(ref _open[task], items);
        items.Work();
        Volatile.Write(ref _open[task], null);
        items.Finish();
    }

    private void Run(int threads) =>
        ParallelLoop.Run(() => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Work()));

    // Tasks are taken, not given: one thread computes all of them where the others never come.
    private void Work()
    {
        for (int task = Interlocked.Increment(ref _begun); task < _open.Length; task = Interlocked.Increment(ref _begun))
        {
            (t_team, t_task) = (this, task);
            try
            {
                _task(task);
            }
            finally
            {
                t_team = null;
                Interlocked.Increment(ref _ended);
            }
        }

        Help();
    }

    private void Help()
    {
        SpinWait wait = default;
        while (Volatile.Read(ref _ended) < _open.Length)
        {
            bool helped = false;
            for (int task = 0; task < _open.Length; task++)
            {
                helped |= Volatile.Read(ref _open[task])?.Work() ?? false;
            }

            if (helped)
            {
                wait.Reset();
            }
            else
            {
                wait.SpinOnce(sleep1Threshold: -1); // gives way to others, but a millisecond of sleep is longer than the end of a small step
            }
        }
    }
}
