namespace NaturalThoughts.Student.Torch.Cuda;

/// <summary>An argument of a kernel in a slot of eight bytes, of which the driver reads as many as the kernel's parameter has.</summary>
/// <param name="Bits">The value from the lowest byte on.</param>
internal readonly record struct CudaArgument(ulong Bits)
{
    /// <summary>A pointer on the device.</summary>
    public static implicit operator CudaArgument(nint pointer) => new((ulong)pointer);

    /// <summary>A <c>long long</c>, or an <c>unsigned int</c> that holds it.</summary>
    public static implicit operator CudaArgument(long value) => new((ulong)value);

    /// <summary>A <c>float</c> of 32 bits.</summary>
    public static implicit operator CudaArgument(float value) => new(BitConverter.SingleToUInt32Bits(value));
}
