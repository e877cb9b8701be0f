namespace NaturalThoughts.Teaching.Calling;

/// <summary>
/// How many calls may be under way. Starts low and doubles with each round of replies until the server is busy (429) or its queue grows; then
/// goes back by a fifth, climbs again to what the server took, and stays there; after a quiet time it tries for more. Faults and
/// timeouts change nothing. Holds no thread: <see cref="ConcurrencyGate"/> waits. Safe for many threads.
/// </summary>
/// <param name="start">Calls at the start, at least 1.</param>
/// <param name="maximum">The most calls, at least <paramref name="start"/>.</param>
/// <param name="clock">The clock.</param>
public sealed class AdaptiveConcurrency(int start, int maximum, TimeProvider clock)
{
    private const double BackOff = 0.8;

    /// <summary>A queue is seen where the first byte comes later by this share of a call's whole time than it did at best.</summary>
    private const double QueueShare = 0.06;

    private const int ShortestWindow = 32;
    private static readonly TimeSpan Climb = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstQueueHold = TimeSpan.FromSeconds(5); // a longer queue costs nothing, a refusal does
    private static readonly TimeSpan HoldPerCall = TimeSpan.FromSeconds(5); // with few calls one more is much
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<(double First, double Whole, int InFlight)> _window = [];
    private int _windowSize;
    private double _doubling = start;
    private double _lowest = double.PositiveInfinity;
    private bool _isDoubling = true;
    private int _episode;
    private int _inFlightAtEpisode;
    private int _refused;
    private double _ceiling = maximum;
    private double _share = BackOff;
    private TimeSpan _hold = FirstHold;
    private long _since = clock.GetTimestamp();
    private long _pausedAt;
    private TimeSpan _pause;
    private int _inFlight;

    /// <summary>How many calls are under way.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _inFlight;
            }
        }
    }

    /// <summary>Calls that may be under way now, at least 1.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return Now();
            }
        }
    }

    /// <summary>True while a server's Retry-After runs.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return Paused();
            }
        }
    }

    /// <summary>Begins a call where there is room.</summary>
    /// <param name="ticket">To be given back when the call ends.</param>
    public bool TryEnter(out int ticket)
    {
        lock (_lock)
        {
            ticket = _episode;
            if (Paused() || _inFlight >= Now())
            {
                return false;
            }

            _inFlight++;
            return true;
        }
    }

    /// <summary>Ends a call that was answered.</summary>
    /// <param name="ticket">The call's.</param>
    /// <param name="firstByte">Time until the reply began; zero where that is not known, as without a stream.</param>
    /// <param name="whole">Time until it ended.</param>
    public void Succeeded(int ticket, TimeSpan firstByte, TimeSpan whole)
    {
        lock (_lock)
        {
            bool full = _inFlight * 2 > Now();
            _inFlight--;
            if (ticket != _episode)
            {
                return;
            }

            if (_isDoubling && full)
            {
                _doubling = Math.Min(maximum, _doubling + 1);
            }

            if (firstByte > TimeSpan.Zero)
            {
                Watch(firstByte.TotalSeconds, whole.TotalSeconds);
            }
        }
    }

    /// <summary>Ends a call that was refused because the server is busy.</summary>
    /// <param name="ticket">The call's.</param>
    /// <param name="retryAfter">How long the server wants no calls; null where it does not say.</param>
    public void Refused(int ticket, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            if (ticket == _episode)
            {
                // The first refusal of a call that was begun under today's limit: the others that were refused with it carry the same ticket.
                NewEpisode(FirstHold);
                _inFlightAtEpisode = _inFlight;
                _refused = 0;
            }

            if (ticket == _episode - 1)
            {
                // What the server took is what was under way less what it refused.
                _refused++;
                GoBack(_inFlightAtEpisode - _refused, BackOff);
            }

            _inFlight--;
            if (retryAfter is { } wait && (!Paused() || wait > _pause - clock.GetElapsedTime(_pausedAt)))
            {
                (_pausedAt, _pause) = (clock.GetTimestamp(), wait);
            }
        }
    }

    /// <summary>Ends a call that failed otherwise, or was given up.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    private void Watch(double first, double whole)
    {
        if (_window.Count == 0)
        {
            _windowSize = Math.Max(ShortestWindow, Now());
        }

        _window.Add((first, whole, _inFlight + 1));
        if (_window.Count < _windowSize)
        {
            return;
        }

        double wait = _window.Average(reply => reply.First);
        _lowest = Math.Min(_lowest, wait);
        double queued = (wait - _lowest) / (_window.Average(reply => reply.Whole - reply.First) + _lowest);
        double underWay = _window.Average(reply => reply.InFlight);
        _window.Clear();
        if (queued > QueueShare)
        {
            // Little's law: of what is under way, the share of a call's time that it does not wait is at work.
            bool tried = NewEpisode(FirstQueueHold);
            GoBack(underWay / (1 + queued), tried ? 1 : BackOff);
        }
    }

    /// <summary>True where it ends a try for a little more; the next try then waits longer.</summary>
    private bool NewEpisode(TimeSpan hold)
    {
        bool tried = !_isDoubling && clock.GetElapsedTime(_since) > Climb + _hold && _inFlight <= _ceiling * 1.2;
        _hold = Min(tried ? _hold * 2 : hold, Min(LongestHold, HoldPerCall * Math.Max(1, _inFlight)));
        _episode++;
        return tried;
    }

    private void GoBack(double ceiling, double share)
    {
        (_isDoubling, _ceiling, _share) = (false, Math.Max(1, ceiling), share);
        _since = clock.GetTimestamp();
        _window.Clear();
    }

    private int Now()
    {
        if (_isDoubling)
        {
            return (int)_doubling;
        }

        TimeSpan since = clock.GetElapsedTime(_since);
        double climbed = _ceiling * (_share + ((1 - _share) * Math.Min(1, since / Climb)));
        double more = since > Climb + _hold ? (since - Climb - _hold).TotalSeconds * Math.Max(1, _ceiling / 100) : 0;
        return Math.Clamp((int)Math.Floor(climbed + more + 1e-9), 1, maximum);
    }

    private bool Paused() => _pause > TimeSpan.Zero && clock.GetElapsedTime(_pausedAt) < _pause;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
