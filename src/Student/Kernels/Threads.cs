using NaturalThoughts.Contracts;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>Shares a kernel's work among threads; whoever computes what never changes a bit.</summary>
internal static class Threads
{
    /// <summary>Threads that a kernel called on this one may use: torch's number, or a task's part of its team's.</summary>
    public static int Count => Team.Current?.Threads ?? get_num_threads();

    /// <summary>Calls <paramref name="body"/> for ranges that cover [0, <paramref name="count"/>), on several threads.</summary>
    /// <param name="count">Items.</param>
    /// <param name="least">Items of a share at least: fewer are not worth a thread.</param>
    /// <param name="body">From and to; must not depend on where the ranges are cut.</param>
    public static void Share(int count, int least, Action<int, int> body)
    {
        int shares = Math.Clamp(count / Math.Max(1, least), 1, Count);
        if (shares == 1)
        {
            body(0, count);
            return;
        }

        Each(shares, 0, (share, _) => body((int)((long)count * share / shares), (int)((long)count * (share + 1) / shares)));
    }

    /// <summary>Rows of a block of <see cref="Blocks"/>.</summary>
    public const int Block = 16 * Gemm.TileRows;

    /// <summary>Number of blocks that rows have.</summary>
    public static int BlocksOf(int rows) => (rows + Block - 1) / Block;

    /// <summary>Rows of a block, at most <see cref="Block"/>, such that every thread has some: whole tiles.</summary>
    /// <param name="rows">All of them; so few that a thread would have no two tiles are one block.</param>
    public static int BlockFor(int rows)
    {
        int tiles = (rows + Gemm.TileRows - 1) / Gemm.TileRows;
        return tiles < 2 * Count ? Block : Math.Min(Block, (tiles + Count - 1) / Count * Gemm.TileRows);
    }

    /// <summary>Calls <paramref name="body"/> for each block of rows, as <see cref="Each"/> does.</summary>
    /// <param name="rows">Rows; the last block may have fewer than the others.</param>
    /// <param name="floats">Of each thread's own memory.</param>
    /// <param name="body">First row of the block, its rows, and memory.</param>
    /// <param name="block">Rows of a block.</param>
    public static void Blocks(int rows, int floats, Action<int, int, Scratch> body, int block = Block) =>
        Each((rows + block - 1) / block, floats, (i, scratch) => body(i * block, Math.Min(block, rows - (i * block)), scratch));

    /// <summary>Calls <paramref name="body"/> for each of the items, the next one by whichever thread is free.</summary>
    /// <param name="count">Items.</param>
    /// <param name="floats">Of each thread's own memory.</param>
    /// <param name="body">Must not depend on which thread it is.</param>
    public static void Each(int count, int floats, Action<int, Scratch> body)
    {
        WorkItems items = new(count, floats, body);
        if (Team.Current is { } team)
        {
            team.Share(items);
            return;
        }

        int workers = Math.Min(count, Count);
        if (workers <= 1)
        {
            items.Work();
        }
        else
        {
            ParallelLoop.Run(() => Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => items.Work()));
        }

        items.Finish();
    }
}
