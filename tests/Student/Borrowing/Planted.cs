using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>Methods that the tests of the library must find, and some that they must not. None is called.</summary>
internal static class Planted
{
    public static Tensor Converts(Tensor x) => x.mul_(0.5);

    public static Tensor Makes(Tensor x)
    {
        Scalar half = 0.5.ToScalar();
        return x.mul_(half);
    }

    public static Tensor HidesOne(Tensor x, Tensor y) => x + y;

    public static Tensor HidesTwo(Tensor x) => x.square();

    public static Tensor HidesInAnOperator(Tensor x) => x / 3;

    public static Func<Tensor> HidesInALambda(Tensor x) => () => x.add_(x);

    public static object Boxes(jit.CompilationUnit unit, Tensor x) => unit.invoke("f", x, 0.5);

    public static Tensor IsClean(Tensor x, jit.CompilationUnit unit) => (Tensor)unit.invoke("f", x * x - x);
}
