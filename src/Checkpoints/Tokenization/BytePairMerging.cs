using System.Buffers;
using System.Runtime.InteropServices;

namespace NaturalThoughts.Checkpoints.Tokenization;

/// <summary>
/// Byte-pair encoding of one piece: the merge of the lowest rank is done, of equals the leftmost, until none is left. The symbols are a
/// linked list and the candidates a heap, so n bytes take O(n log n).
/// </summary>
internal static class BytePairMerging
{
    private const int OnStack = 128;

    /// <summary>Replaces symbols by what their merges give, and appends what is left.</summary>
    public static void Merge(ReadOnlySpan<int> symbols, MergeTable table, List<int> ids)
    {
        Node[]? rentedNodes = null;
        ulong[]? rentedHeap = null;
        Span<Node> nodes = symbols.Length <= OnStack ? stackalloc Node[OnStack] : rentedNodes = ArrayPool<Node>.Shared.Rent(symbols.Length);
        Span<ulong> heap = symbols.Length <= OnStack ? stackalloc ulong[2 * OnStack] : rentedHeap = ArrayPool<ulong>.Shared.Rent(2 * symbols.Length);
        Merge(symbols, table, nodes[..symbols.Length], heap);
        for (int at = 0; at < symbols.Length; at = nodes[at].Next)
        {
            ids.Add(nodes[at].Id);
        }

        if (rentedNodes is not null)
        {
            ArrayPool<Node>.Shared.Return(rentedNodes);
            ArrayPool<ulong>.Shared.Return(rentedHeap!);
        }
    }

    private static void Merge(ReadOnlySpan<int> symbols, MergeTable table, Span<Node> nodes, Span<ulong> heap)
    {
        // Each merge takes one candidate and adds two at most, so 2 n are never exceeded.
        int count = 0;
        for (int at = 0; at < nodes.Length; at++)
        {
            int rank = at + 1 < nodes.Length ? table.RankOf(symbols[at], symbols[at + 1]) : -1;
            nodes[at] = new Node(symbols[at], at - 1, at + 1, rank);
            if (rank >= 0)
            {
                Push(heap, ref count, rank, at);
            }
        }

        while (count > 0)
        {
            ulong least = Pop(heap, ref count);
            int at = (int)(uint)least;
            int rank = (int)(least >> 32);
            ref Node left = ref nodes[at];
            if (left.Rank != rank)
            {
                // One of the two has been merged since.
                continue;
            }

            ref Node right = ref nodes[left.Next];
            left.Id = table.ResultOf(rank);
            left.Next = right.Next;
            right.Rank = -1;
            if (left.Next < nodes.Length)
            {
                nodes[left.Next].Previous = at;
            }

            Renew(at, table, nodes, heap, ref count);
            if (left.Previous >= 0)
            {
                Renew(left.Previous, table, nodes, heap, ref count);
            }
        }
    }

    private static void Renew(int at, MergeTable table, Span<Node> nodes, Span<ulong> heap, ref int count)
    {
        ref Node node = ref nodes[at];
        node.Rank = node.Next < nodes.Length ? table.RankOf(node.Id, nodes[node.Next].Id) : -1;
        if (node.Rank >= 0)
        {
            Push(heap, ref count, node.Rank, at);
        }
    }

    private static void Push(Span<ulong> heap, ref int count, int rank, int at)
    {
        ulong item = ((ulong)(uint)rank << 32) | (uint)at;
        int hole = count++;
        while (hole > 0 && heap[(hole - 1) / 2] > item)
        {
            heap[hole] = heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }

        heap[hole] = item;
    }

    private static ulong Pop(Span<ulong> heap, ref int count)
    {
        ulong least = heap[0];
        ulong last = heap[--count];
        int hole = 0;
        while ((2 * hole) + 1 < count)
        {
            int child = (2 * hole) + 1;
            child += child + 1 < count && heap[child + 1] < heap[child] ? 1 : 0;
            if (heap[child] >= last)
            {
                break;
            }

            heap[hole] = heap[child];
            hole = child;
        }

        heap[hole] = last;
        return least;
    }

    /// <summary>A symbol, its neighbours, and the rank of the merge with the next one, -1 for none.</summary>
    [StructLayout(LayoutKind.Auto)]
    private record struct Node(int Id, int Previous, int Next, int Rank);
}
