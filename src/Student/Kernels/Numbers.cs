using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Kernels;

/// <summary>
/// The operations of libtorch on tensors and numbers: the one place where a number becomes a <see cref="Scalar"/>. A Scalar has a finaliser that frees its
/// native object, and a call hands over the object's address alone. A Scalar that nothing refers to any more may thus be freed while the call reads it, and a
/// scope does not know it. Here each lives until the call is back. TorchSharp's operators on numbers make one that does not, and so do members that hide a
/// number, such as
/// <c>x + y</c> (a factor of 1) and <c>square</c>; a test finds both. Bits are those of TorchSharp's operators.
/// </summary>
internal static class Numbers
{
    private static readonly Scalar Zero = 0L.ToScalar();
    private static readonly Scalar One = 1L.ToScalar();
    private static readonly Scalar Two = 2L.ToScalar();

    /// <summary>x + y, as a new tensor.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x += y, in place; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.add_(y, One);

    /// <summary>x += factor y, in place; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y, double factor)
    {
        using Scalar number = factor.ToScalar();
        return x.add_(y, number);
    }

    /// <summary>x += value for each element, in place; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.add_(number, One);
    }

    /// <summary>x += a b, element by element, in place; returns x.</summary>
    public static Tensor AddProductInPlace(this Tensor x, Tensor a, Tensor b) => x.addcmul_(a, b, One);

    /// <summary>x += factor a b, element by element, in place; returns x.</summary>
    public static Tensor AddProductInPlace(this Tensor x, Tensor a, Tensor b, double factor)
    {
        using Scalar number = factor.ToScalar();
        return x.addcmul_(a, b, number);
    }

    /// <summary>x += factor a / b, element by element, in place; returns x.</summary>
    public static Tensor AddQuotientInPlace(this Tensor x, Tensor a, Tensor b, double factor)
    {
        using Scalar number = factor.ToScalar();
        return x.addcdiv_(a, b, number);
    }

    /// <summary>factor x, as a new tensor.</summary>
    public static Tensor Times(this Tensor x, double factor)
    {
        using Scalar number = factor.ToScalar();
        return x.mul(number);
    }

    /// <summary>x *= factor, in place; returns x.</summary>
    public static Tensor MultiplyInPlace(this Tensor x, double factor)
    {
        using Scalar number = factor.ToScalar();
        return x.mul_(number);
    }

    /// <summary>x *= factor, of whole numbers.</summary>
    public static Tensor MultiplyInPlace(this Tensor x, long factor)
    {
        using Scalar number = factor.ToScalar();
        return x.mul_(number);
    }

    /// <summary>x^2. Not x x, whose gradient autograd adds up in another order.</summary>
    public static Tensor Squared(this Tensor x) => x.pow(Two);

    /// <summary>x / divisor, as a new tensor.</summary>
    public static Tensor Over(this Tensor x, double divisor)
    {
        using Scalar number = divisor.ToScalar();
        return x.div(number);
    }

    /// <summary>x /= divisor, in place; returns x.</summary>
    public static Tensor DivideInPlace(this Tensor x, double divisor)
    {
        using Scalar number = divisor.ToScalar();
        return x.div_(number);
    }

    /// <summary>Whether elements are below a value.</summary>
    public static Tensor IsBelow(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.lt(number);
    }

    /// <summary>Whether elements are below a whole number.</summary>
    public static Tensor IsBelow(this Tensor x, long value)
    {
        using Scalar number = value.ToScalar();
        return x.lt(number);
    }

    /// <summary>Whether elements are above 0.</summary>
    public static Tensor IsPositive(this Tensor x) => x.gt(Zero);

    /// <summary>The elements, at most a whole number each.</summary>
    public static Tensor AtMost(this Tensor x, long value)
    {
        using Scalar number = value.ToScalar();
        return x.clamp_max(number);
    }

    /// <summary>The elements, 0 where the mask is true.</summary>
    public static Tensor ZeroWhere(this Tensor x, Tensor mask) => x.masked_fill(mask, Zero);

    /// <summary>A tensor of one value.</summary>
    public static Tensor Filled(long[] shape, double value, ScalarType type, Device device)
    {
        using Scalar number = value.ToScalar();
        return full(shape, number, dtype: type, device: device);
    }

    /// <summary>A tensor of one value, of the shape and on the device of another.</summary>
    /// <param name="x">The other.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Null for the other's.</param>
    public static Tensor FilledLike(Tensor x, double value, ScalarType? type = null)
    {
        using Scalar number = value.ToScalar();
        return full_like(x, number, dtype: type);
    }

    /// <summary>0, 1, ... below a count: [count] int32.</summary>
    public static Tensor CountUp(long count, Device device)
    {
        using Scalar end = count.ToScalar();
        return arange(Zero, end, One, dtype: ScalarType.Int32, device: device);
    }

    /// <summary>A number as an argument of a call by way of TorchScript.</summary>
    /// <param name="value">The number.</param>
    /// <param name="call">Is given the argument, and must not keep it.</param>
    public static Tensor With(double value, Func<Scalar, Tensor> call)
    {
        using Scalar number = value.ToScalar();
        return call(number);
    }
}
