using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Training;

/// <summary>
/// Measures the loss on held-out examples when it is due, and keeps the weights of the lowest one where <see cref="TrainingOptions.Keep"/> asks
/// for it: a copy in the processor's memory, wherever the model is.
/// </summary>
internal sealed class Evaluations : IDisposable
{
    private readonly HeldOutLoss _loss;
    private readonly LlamaModel _model;
    private readonly IReadOnlyList<int> _ends;
    private readonly int? _every;
    private HeldOutPoint? _last;

    /// <param name="loss">Measures.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="options">When, and what is kept.</param>
    /// <param name="ends">Steps done at the end of each epoch.</param>
    public Evaluations(HeldOutLoss loss, LlamaModel model, TrainingOptions options, IReadOnlyList<int> ends)
    {
        (_loss, _model, _every, _ends) = (loss, model, options.EvaluateEvery, ends);
        Copy = options.Keep == TrainingOptions.Best ? zeros_like(model.Trained.Flat, device: CPU).DetachFromDisposeScope() : null;
    }

    /// <summary>The lowest loss so far, the earliest of several; null where nothing was measured.</summary>
    public HeldOutPoint? Lowest { get; private set; }

    /// <summary>
    /// [N]: the weights of <see cref="Lowest"/>, which a checkpoint of the training holds beside the optimiser's state; null where the last ones
    /// are kept.
    /// </summary>
    public Tensor? Copy { get; }

    /// <summary>Goes on where an interrupted run stood; its <see cref="Copy"/> has been restored.</summary>
    public void Continue(HeldOutPoint? lowest) => Lowest = lowest;

    /// <summary>Measures where it is due: at the ends of epochs, or every so many steps and at the last one.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="replicas">Models of the trained weights.</param>
    /// <returns>What was measured; null where nothing was due.</returns>
    /// <exception cref="UserErrorException">The loss is no finite number.</exception>
    public HeldOutPoint? After(int step, IReadOnlyList<LlamaModel> replicas)
    {
        if (!(_every is { } every ? step % every == 0 || step == _ends[^1] : _ends.Contains(step)))
        {
            return null;
        }

        double loss = _loss.Of(replicas);
        if (!double.IsFinite(loss))
        {
            throw new UserErrorException(
                FormattableString.Invariant($"The loss on the held-out examples is {loss} after step {step} of {_ends[^1]}."),
                "training",
                "Lower the learning rate, or set clipNorm.",
                ExitCode.TargetFailed);
        }

        _last = new HeldOutPoint(step, 1 + _ends.Count(end => end < step), loss);
        if (Lowest is null || loss < Lowest.Loss)
        {
            Lowest = _last;
            Fill(Copy, _model.Trained.Flat);
        }

        return _last;
    }

    /// <summary>Ends the training.</summary>
    /// <returns>Whose weights the model has now: the lowest loss's where they are kept, else the last.</returns>
    public HeldOutPoint? Finish()
    {
        if (Copy is null || Lowest is null || Lowest == _last)
        {
            return _last;
        }

        Fill(_model.Trained.Flat, Copy);
        return Lowest;
    }

    private static void Fill(Tensor? to, Tensor from)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable grad = no_grad();
        to?.copy_(from);
    }

    /// <inheritdoc />
    public void Dispose() => Copy?.Dispose();
}
