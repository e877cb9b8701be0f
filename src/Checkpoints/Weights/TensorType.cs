namespace NaturalThoughts.Checkpoints.Weights;

/// <summary>Element types of a safetensors file that take whole bytes, in the order in which the reference writer sorts (last first).</summary>
public enum TensorType
{
    /// <summary>Truth value in one byte.</summary>
    Bool,

    /// <summary>Unsigned integer of 8 bits.</summary>
    U8,

    /// <summary>Signed integer of 8 bits.</summary>
    I8,

    /// <summary>8-bit float, 5 exponent and 2 fraction bits.</summary>
    F8E5M2,

    /// <summary>8-bit float, 4 exponent and 3 fraction bits.</summary>
    F8E4M3,

    /// <summary>8-bit scale, exponent only.</summary>
    F8E8M0,

    /// <summary>Signed integer of 16 bits.</summary>
    I16,

    /// <summary>Unsigned integer of 16 bits.</summary>
    U16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a float32.</summary>
    BF16,

    /// <summary>Signed integer of 32 bits.</summary>
    I32,

    /// <summary>Unsigned integer of 32 bits.</summary>
    U32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>Complex number of two float32.</summary>
    C64,

    /// <summary>IEEE double precision.</summary>
    F64,

    /// <summary>Signed integer of 64 bits.</summary>
    I64,

    /// <summary>Unsigned integer of 64 bits.</summary>
    U64,
}
