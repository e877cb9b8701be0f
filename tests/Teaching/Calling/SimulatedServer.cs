using NaturalThoughts.Contracts;
using NaturalThoughts.Teaching.Calling;

namespace NaturalThoughts.Teaching.Tests.Calling;

/// <summary>
/// A server with a hidden limit and a client that always has more to ask, event by event on a clock of their own. Above its limit the server
/// refuses, or queues.
/// </summary>
internal sealed class SimulatedServer(AdaptiveConcurrency concurrency, ManualClock clock, int limit, bool queues, Func<SeededRandom, double> seconds)
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private readonly Queue<(int Ticket, TimeSpan Sent)> _queue = new();
    private readonly SeededRandom _random = SeededRandom.From("server", $"{limit}");
    private int _busy;
    private int _order;

    public int Limit { get; set; } = limit;

    public int Answered { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Runs until a moment; tells the client's limit at each tenth of a second.</summary>
    public void RunUntil(TimeSpan end, Action<TimeSpan, int>? look = null)
    {
        for (TimeSpan at = clock.Now; at <= end; at += TimeSpan.FromMilliseconds(100))
        {
            while (_events.TryPeek(out _, out (TimeSpan At, int Order) next) && next.At <= at)
            {
                clock.Now = next.At;
                _events.Dequeue()();
                Send();
            }

            clock.Now = at;
            Send();
            look?.Invoke(at, concurrency.Limit);
        }
    }

    private void Send()
    {
        while (concurrency.TryEnter(out int ticket))
        {
            if (_busy < Limit)
            {
                Begin(ticket, clock.Now);
            }
            else if (queues)
            {
                _queue.Enqueue((ticket, clock.Now));
            }
            else
            {
                After(0.02, () =>
                {
                    Refused++;
                    concurrency.Refused(ticket, null);
                });
            }
        }
    }

    private void Begin(int ticket, TimeSpan sent)
    {
        _busy++;
        TimeSpan first = clock.Now - sent + TimeSpan.FromSeconds(0.05 + (0.05 * _random.NextDouble()));
        After(seconds(_random), () =>
        {
            _busy--;
            Answered++;
            concurrency.Succeeded(ticket, first, clock.Now - sent);
            if (_queue.TryDequeue(out (int Ticket, TimeSpan Sent) next))
            {
                Begin(next.Ticket, next.Sent);
            }
        });
    }

    private void After(double wait, Action action) => _events.Enqueue(action, (clock.Now + TimeSpan.FromSeconds(wait), _order++));
}
