using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Generation;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Serving.Students;

/// <summary>
/// Rows that are generated together, a token of each at a step, as the generator of the stages does: prompts are padded on the left, and a row that
/// ended leaves. Where this library's own kernels compute (float32 on a processor with AVX2), a row's logits have the same bits whatever
/// its neighbours are.
/// </summary>
internal sealed class RunningBatch : IDisposable
{
    private readonly LlamaModel _model;
    private readonly Tokens _tokens;
    private readonly KeyValueCache _cache;
    private GenerationRow[] _rows;
    private Tensor? _hidden;

    /// <param name="model">The model.</param>
    /// <param name="tokens">Gives tokens their texts.</param>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="padId">Any id of the model.</param>
    public RunningBatch(LlamaModel model, Tokens tokens, GenerationRow[] rows, int padId)
    {
        (_model, _tokens, _rows) = (model, tokens, rows);
        int width = rows.Max(row => row.Prompt.Length);
        _cache = new KeyValueCache(model.Weights, [.. rows.Select(row => width - row.Prompt.Length)], width + rows.Max(row => row.MaxTokens));
        using DisposeScope scope = NewDisposeScope();
        long[] ids = new long[rows.Length * width];
        Array.Fill(ids, padId);
        for (int b = 0; b < rows.Length; b++)
        {
            int[] prompt = rows[b].Prompt;
            for (int t = 0; t < prompt.Length; t++)
            {
                ids[((b + 1) * width) - prompt.Length + t] = prompt[t];
            }
        }

        _hidden = model.Step(model.Weights.Placement.Integers(ids, rows.Length, width), _cache).DetachFromDisposeScope();
    }

    /// <summary>The rows that are not finished.</summary>
    public IReadOnlyList<GenerationRow> Rows => _rows;

    /// <summary>Positions of the cache, all rows together.</summary>
    public long Positions => (long)_rows.Length * _cache.Capacity;

    /// <summary>Draws a token for each row and computes what follows.</summary>
    /// <returns>False when no row goes on.</returns>
    public bool Step()
    {
        using DisposeScope scope = NewDisposeScope();
        Draw();
        int[] kept = [.. Enumerable.Range(0, _rows.Length).Where(b => !_rows[b].Ended)];
        if (kept.Length == 0)
        {
            return false;
        }

        if (kept.Length < _rows.Length)
        {
            _rows = [.. kept.Select(b => _rows[b])];
            _cache.Keep(kept);
        }

        Tensor ids = _model.Weights.Placement.Integers([.. _rows.Select(row => (long)row.Last)], _rows.Length, 1);
        _hidden!.Dispose();
        _hidden = null;
        _hidden = _model.Step(ids, _cache).DetachFromDisposeScope();
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _hidden?.Dispose();
        _cache.Dispose();
    }

    private void Draw()
    {
        using Tensor host = _model.Logits(_hidden!).to(ScalarType.Float32).cpu().contiguous();
        int vocabulary = (int)host.shape[1];
        float[] logits = host.data<float>().ToArray();
        for (int b = 0; b < _rows.Length; b++)
        {
            GenerationRow row = _rows[b];
            if (row.Cancellation.IsCancellationRequested)
            {
                row.Fail(new OperationCanceledException(row.Cancellation));
                continue;
            }

            ReadOnlySpan<float> own = logits.AsSpan(b * vocabulary, vocabulary);
            int id = Sampler.Draw(own, row.Temperature, row.TopP, row.Temperature == 0 ? 0 : row.Random.NextDouble());
            row.Add(id, row.TopLogprobs is { } top ? _tokens.Logprob(own, id, top) : null);
        }
    }
}
