using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Kernels;
using NaturalThoughts.Student.Torch.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Torch;

/// <summary>Cross entropy with its gradients, by torch's operations, of so many logits at once that all of them are never in memory in float32.</summary>
internal static class ChunkedCrossEntropy
{
    /// <summary>
    /// In half precision, chunks whose gradients make one addition to the gradient of the output matrix, which rounds to the type of the weights.
    /// </summary>
    public const long Group = 4;

    /// <summary>The loss, and its gradient; that of the output matrix is added to what the matrix has, if it is trained.</summary>
    /// <param name="states">[N, C]: after the final norm, where the next token is supervised.</param>
    /// <param name="head">[V, C].</param>
    /// <param name="targets">[N] int64: the next tokens.</param>
    /// <param name="supervised">What the sum over tokens is divided by.</param>
    /// <param name="mostLogits">Logits that are alive in float32, at most; in half precision, <see cref="Group"/> times as many are.</param>
    /// <returns>The loss; [N, C], the gradient of the states.</returns>
    /// <exception cref="UserErrorException">A target is not below V.</exception>
    public static (double Loss, Tensor Gradient) LossAndGradient(Tensor states, Tensor head, Tensor targets, int supervised, long mostLogits)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = empty_like(states); // [N, C]
        double loss = Sum(states, head, targets, mostLogits, gradient, supervised);
        return (loss / supervised, gradient.MoveToOuterDisposeScope());
    }

    /// <summary>The loss, summed over tokens.</summary>
    /// <param name="states">[N, C]: after the final norm, where the next token is supervised.</param>
    /// <param name="head">[V, C].</param>
    /// <param name="targets">[N] int64: the next tokens.</param>
    /// <param name="mostLogits">Logits that are alive in float32, at most; in half precision, <see cref="Group"/> times as many are.</param>
    /// <param name="gradient">[N, C]: is filled with the states' gradient, and that of the output matrix is added up; null for the loss alone.</param>
    /// <param name="supervised">What the gradients are divided by.</param>
    /// <exception cref="UserErrorException">A target is not below V.</exception>
    public static double Sum(Tensor states, Tensor head, Tensor targets, long mostLogits, Tensor? gradient = null, int supervised = 1)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Limits.Ids(targets, head.shape[0]);
        Limits.Require(targets.numel() == states.shape[0] && states.shape[1] == head.shape[1], nameof(states));
        long chunk = Math.Max(1, mostLogits / head.shape[0]);
        Tensor loss = zeros(1, dtype: ScalarType.Float64, device: states.device);
        long most = states.dtype == ScalarType.Float32 ? chunk : Group * chunk;
        for (long at = 0; at < states.shape[0]; at += most)
        {
            using DisposeScope group = NewDisposeScope();
            long count = Math.Min(most, states.shape[0] - at);
            Tensor part = states.narrow(0, at, count);
            Tensor logits = nn.functional.linear(part, head); // [count, V]
            if (CudaKernels.Takes(logits))
            {
                loss.AddInPlace(CudaKernels.CrossEntropy(logits, targets.narrow(0, at, count)).sum(ScalarType.Float64));
            }
            else
            {
                AddChunks(loss, logits, targets.narrow(0, at, count), chunk);
            }

            if (gradient is null)
            {
                continue;
            }

            gradient.narrow(0, at, count).copy_(logits.mm(head).DivideInPlace(supervised));
            if (head.requires_grad)
            {
                AddGradient(head.grad!, logits, part, supervised);
            }
        }

        return loss.cpu().item<double>();
    }

    private static void AddGradient(Tensor gradient, Tensor logits, Tensor states, int supervised) =>
        gradient.addmm_(logits.t(), states, 1, 1f / supervised); // adds before it rounds

    // Logits [count, V] become their gradient, softmax - 1 at the target; their loss is added up.
    private static void AddChunks(Tensor loss, Tensor logits, Tensor targets, long chunk)
    {
        for (long at = 0; at < logits.shape[0]; at += chunk)
        {
            using DisposeScope scope = NewDisposeScope();
            long rows = Math.Min(chunk, logits.shape[0] - at);
            loss.AddInPlace(LossAndGradient(logits.narrow(0, at, rows), targets.narrow(0, at, rows).unsqueeze(1)));
        }
    }

    private static Tensor LossAndGradient(Tensor logits, Tensor targets)
    {
        Tensor logs = special.log_softmax(logits, -1, ScalarType.Float32);
        Tensor loss = logs.gather(1, targets).sum(ScalarType.Float64).neg_();
        Tensor softmax = logs.exp_();
        softmax.scatter_add_(1, targets, Numbers.FilledLike(targets, -1, ScalarType.Float32));
        logits.copy_(softmax);
        return loss;
    }
}
