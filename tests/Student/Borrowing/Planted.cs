using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>Methods that the tests of the library must find: those whose names begin with what is wrong. None is called from outside.</summary>
internal static class Planted
{
    public static Tensor NumberConverted(Tensor x) => x.mul_(0.5);

    public static Tensor NumberMade(Tensor x)
    {
        Scalar half = 0.5.ToScalar();
        return x.mul_(half);
    }

    public static Tensor NumberHiddenInASum(Tensor x, Tensor y) => x + y;

    public static Tensor NumberHiddenInASquare(Tensor x) => x.square();

    public static Tensor NumberHiddenInAnOperator(Tensor x) => x / 3;

    public static Func<Tensor> NumberHiddenInALambda(Tensor x) => () => x.add_(x);

    public static object NumberBoxed(jit.CompilationUnit unit, Tensor x) => unit.invoke("f", x, 0.5);

    public static Tensor NoNumber(Tensor x, jit.CompilationUnit unit)
    {
        using DisposeScope scope = NewDisposeScope();
        return ((Tensor)unit.invoke("f", (x * x) - x)).MoveToOuterDisposeScope();
    }

    public static Tensor TensorInAChain(Tensor x) => x.exp().log();

    public static Tensor TensorInALocal(Tensor x)
    {
        Tensor y = x.exp();
        return y.log();
    }

    public static Tensor TensorBeforeTheScope(Tensor x)
    {
        Tensor y = x.exp();
        using DisposeScope scope = NewDisposeScope();
        return y.log().MoveToOuterDisposeScope();
    }

    public static Tensor TensorBehindTheScope(Tensor x)
    {
        Tensor y;
        using (NewDisposeScope())
        {
            y = x.exp().MoveToOuterDisposeScope();
        }

        return y.log().exp();
    }

    public static Tensor TensorOfAHelper(Tensor x) => Helper(x).log();

    public static Tensor TensorInAHelper(Tensor x) => UnsafeHelper(x);

    public static void TensorOfAnotherThread(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Parallel.For(0, 2, i => x.copy_(x.exp()));
    }

    public static void TensorOfAGradient(Tensor x) => x.grad!.zero_();

    public static Tensor KeptByUsings(Tensor x)
    {
        using Tensor y = x.exp();
        using Tensor z = Helper(y);
        return z.log();
    }

    public static Tensor KeptByAScope(Tensor x)
    {
        using IDisposable grad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor y = SafeHelper(x).log();
        Tensor[] many = [.. Enumerable.Range(0, 2).Select(i => SafeHelper(y).exp())];
        return cat(many).MoveToOuterDisposeScope();
    }

    private static Tensor Helper(Tensor x) => x.exp();

    private static Tensor UnsafeHelper(Tensor x) => x.exp().log();

    private static Tensor SafeHelper(Tensor x) => x.exp().log();
}
