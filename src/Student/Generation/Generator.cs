using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Backends;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Model;
using NaturalThoughts.Student.ModelWeights;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Generation;

/// <summary>
/// Generates answers in batches with a key-value cache. Prompts are padded on the left and masked; a row that ended leaves the batch. The
/// draws of a row are keyed by seed and question id, so that they do not depend on the row's neighbours.
/// </summary>
public sealed class Generator(LlamaModel model, GenerationOptions options, IReadOnlyCollection<int> ends, int padId)
{
    private const string Stream = "sample";
    private const int LeastLogits = 1 << 13; // that are worth a thread

    private Placement Place => model.Weights.Placement;

    /// <summary>Generates for all prompts.</summary>
    /// <param name="prompts">Question id and prompt ids.</param>
    /// <param name="progress">Is told the number of finished answers.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <exception cref="UserErrorException">A prompt is none for this model (<see cref="TokenLimits"/>), before the first token.</exception>
    /// <returns>New tokens per prompt, in the prompts' order; the end marker is the last one unless the limit was met.</returns>
    public IReadOnlyList<int[]> Run(IReadOnlyList<(string Id, int[] Prompt)> prompts, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        Check(prompts);
        int[][] answers = new int[prompts.Count][];
        int done = 0;
        using IDisposable? kept = model.Backend.KeepWeights();

        // Like lengths together: little padding. The order of the file does not count.
        foreach (int[] batch in Enumerable.Range(0, prompts.Count)
            .OrderBy(i => prompts[i].Prompt.Length).ThenBy(i => prompts[i].Id, StringComparer.Ordinal).Chunk(options.Batch))
        {
            Row[] rows = [.. batch.Select(i => new Row(i, prompts[i].Prompt, SeededRandom.From(Stream, options.Seed, prompts[i].Id)))];
            model.Backend.Together(() =>
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable inference = inference_mode();
                RunBatch(rows, cancellation);
            });

            foreach (Row row in rows)
            {
                answers[row.Index] = [.. row.New];
            }

            done += rows.Length;
            progress?.Report(new StageProgress(done, prompts.Count, "answers"));
        }

        return answers;
    }

    private void Check(IReadOnlyList<(string Id, int[] Prompt)> prompts)
    {
        TokenLimits.CheckPad(model.Config, padId);
        foreach ((string id, int[] prompt) in prompts)
        {
            TokenLimits.Check(model.Config, $"prompt of question '{id}'", prompt, options.MaxNewTokens, "generation.maxNewTokens");
        }
    }

    private void RunBatch(Row[] rows, CancellationToken cancellation)
    {
        int width = rows.Max(row => row.Prompt.Length);
        using KeyValueCache cache = new(model.Weights, [.. rows.Select(row => width - row.Prompt.Length)], width + options.MaxNewTokens);
        Row[] active = rows;
        Tensor hidden = Prefill(active, width, cache);
        for (int step = 0; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            bool[] stays = Extend(active, model.Logits(hidden));
            hidden.Dispose();
            if (step + 1 == options.MaxNewTokens || !stays.Contains(true))
            {
                return;
            }

            if (active.Length - stays.Count(stay => stay) > active.Length / 8)
            {
                int[] kept = [.. Enumerable.Range(0, active.Length).Where(b => stays[b])];
                active = [.. kept.Select(b => active[b])];
                cache.Keep(kept);
            }

            Tensor ids = Place.Integers([.. active.Select(row => (long)row.New[^1])], active.Length, 1);
            hidden = model.Step(ids, cache).MoveToOuterDisposeScope();
        }
    }

    private Tensor Prefill(Row[] rows, int width, KeyValueCache cache)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] ids = new long[rows.Length * width];
        Array.Fill(ids, padId);
        for (int b = 0; b < rows.Length; b++)
        {
            for (int t = 0; t < rows[b].Prompt.Length; t++)
            {
                ids[((b + 1) * width) - rows[b].Prompt.Length + t] = rows[b].Prompt[t];
            }
        }

        return model.Step(Place.Integers(ids, rows.Length, width), cache).MoveToOuterDisposeScope();
    }

    // True for rows that go on. A finished row that is still in the batch is fed its end token again; what comes out is not kept.
    private bool[] Extend(Row[] rows, Tensor logits)
    {
        int[] tokens = Draw(rows, logits);
        bool[] stays = new bool[rows.Length];
        for (int b = 0; b < rows.Length; b++)
        {
            if (!rows[b].Ended)
            {
                rows[b].New.Add(tokens[b]);
                stays[b] = !ends.Contains(tokens[b]);
                rows[b].Ended = !stays[b];
            }
        }

        return stays;
    }

    // What is drawn for a finished row means nothing.
    private unsafe int[] Draw(Row[] rows, Tensor logits)
    {
        double?[] uniforms = [.. rows.Select(row => row.Ended ? (double?)null : options.Temperature == 0 ? 0 : row.Random.NextDouble())];
        if (logits.device_type != DeviceType.CPU)
        {
            return DeviceSampler.Draw(logits, options.Temperature, options.TopP, uniforms);
        }

        using Tensor host = logits.to(ScalarType.Float32).contiguous();
        int vocabulary = (int)host.shape[1];
        float* values = TensorMemory.Floats(host);
        int[] tokens = new int[rows.Length];
        Threads.Share(rows.Length, LeastLogits / vocabulary, (from, to) =>
        {
            for (int b = from; b < to; b++)
            {
                tokens[b] = uniforms[b] is { } uniform
                    ? Sampler.Draw(new ReadOnlySpan<float>(values + ((nint)b * vocabulary), vocabulary), options.Temperature, options.TopP, uniform)
                    : 0;
            }
        });
        return tokens;
    }

    private sealed class Row(int index, int[] prompt, SeededRandom random)
    {
        public int Index => index;

        public int[] Prompt => prompt;

        public SeededRandom Random => random;

        public List<int> New { get; } = [];

        public bool Ended { get; set; }
    }
}
