using System.Collections.Concurrent;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using NaturalThoughts.Student.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Serving.Students;

/// <summary>
/// The one thread on which a student computes. Replies that wait are begun together as a batch; the batches that run take turns, a token of each
/// row at a time, so that nobody waits for the end of another's reply.
/// </summary>
internal sealed class StudentEngine : IDisposable
{
    private const int MostRows = 64;
    private const long CacheBytes = 4L << 30;
    private const int EmbeddingTokens = 1 << 13; // at once

    private readonly BlockingCollection<Action> _work = [];
    private readonly Queue<GenerationRow> _waiting = new();
    private readonly List<RunningBatch> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly int _padId;
    private readonly Tokens _tokens;
    private readonly TaskCompletionSource<LlamaModel> _model = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the thread and loads the model on it.</summary>
    /// <param name="folder">A checkpoint.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="threads">Threads of a computation.</param>
    /// <param name="padId">Any id of the model, to fill batches.</param>
    public StudentEngine(string folder, Tokenizer tokenizer, string device, int threads, int padId)
    {
        (_tokens, _padId) = (new Tokens(tokenizer), padId);
        _thread = new Thread(() => Run(folder, device, threads)) { IsBackground = true, Name = "student" };
        _thread.Start();
    }

    /// <summary>Waits until the model is loaded.</summary>
    /// <exception cref="Contracts.UserErrorException">It cannot be.</exception>
    public Task LoadedAsync() => _model.Task;

    /// <summary>Queues a reply to be generated.</summary>
    public void Generate(GenerationRow row) => Add(() => _waiting.Enqueue(row));

    /// <summary>The mean of the last hidden states over the tokens of each text, after the final norm, as the stage <c>embed</c> has it.</summary>
    /// <param name="ids">The tokens of each text.</param>
    public Task<float[][]> EmbedAsync(IReadOnlyList<int[]> ids)
    {
        TaskCompletionSource<float[][]> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() =>
        {
            try
            {
                result.SetResult(PooledStates.Of(_model.Task.Result, ids, EmbedPooling.Mean, EmbeddingTokens, null, _stop.Token));
            }
            catch (Exception error)
            {
                // The caller's to tell: the thread goes on for the others.
                result.SetException(error);
            }
        });
        return result.Task;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _work.Dispose();
        _stop.Dispose();
    }

    private void Add(Action work)
    {
        try
        {
            _work.Add(work, _stop.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            throw new RefusedRequestException("The server is about to end.", status: 503);
        }
    }

    private void Run(string folder, string device, int threads)
    {
        LlamaModel model;
        try
        {
            NativeLibraries.Require(device);
            NativeLibraries.Load();
            set_num_threads(threads);
            model = CheckpointFiles.Load(folder, Placement.Of(device, device == "cpu" ? null : "bf16"));
        }
        catch (Exception error)
        {
            // Whoever waits for the model throws it on.
            _model.SetException(error);
            return;
        }

        using (model)
        using (inference_mode())
        using (model.Backend.KeepWeights())
        {
            _model.SetResult(model);
            try
            {
                while (true)
                {
                    Turn(model);
                }
            }
            catch (OperationCanceledException)
            {
                // Asked to stop.
            }

            foreach (GenerationRow row in _waiting.Concat(_running.SelectMany(batch => batch.Rows)))
            {
                row.Fail(new OperationCanceledException("The server ended."));
            }

            _running.ForEach(batch => batch.Dispose());
        }
    }

    private void Turn(LlamaModel model)
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (_running.Count == 0 && _waiting.Count == 0)
        {
            _work.Take(_stop.Token)();
        }

        while (_work.TryTake(out Action? work))
        {
            work();
        }

        Begin(model);
        foreach (RunningBatch batch in _running.ToArray())
        {
            bool goesOn = false;
            try
            {
                goesOn = batch.Step();
            }
            catch (Exception error)
            {
                // Those who wait for these rows are told, and the thread goes on for the others.
                Fail(batch.Rows, error);
            }

            if (!goesOn)
            {
                batch.Dispose();
                _running.Remove(batch);
            }
        }
    }

    // As many of those that wait as there is room for; one at least where nothing runs.
    private void Begin(LlamaModel model)
    {
        long bytes = 2L * model.Config.NumHiddenLayers * model.Config.NumKeyValueHeads * model.Config.HeadDim * 4;
        long room = (CacheBytes / bytes) - _running.Sum(batch => batch.Positions);
        int places = MostRows - _running.Sum(batch => batch.Rows.Count);
        List<GenerationRow> rows = [];
        int width = 0, more = 0;
        while (_waiting.TryPeek(out GenerationRow? next) && rows.Count < places)
        {
            (width, more) = (Math.Max(width, next.Prompt.Length), Math.Max(more, next.MaxTokens));
            if ((rows.Count + 1L) * (width + more) > room && (rows.Count > 0 || _running.Count > 0))
            {
                break;
            }

            rows.Add(_waiting.Dequeue());
        }

        if (rows.Count > 0)
        {
            try
            {
                _running.Add(new RunningBatch(model, _tokens, [.. rows], _padId));
            }
            catch (Exception error)
            {
                Fail(rows, error);
            }
        }
    }

    private static void Fail(IEnumerable<GenerationRow> rows, Exception error)
    {
        foreach (GenerationRow row in rows.Where(row => !row.Ended))
        {
            row.Fail(error);
        }
    }
}
