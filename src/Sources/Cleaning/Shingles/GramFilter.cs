namespace NaturalThoughts.Sources.Cleaning.Shingles;

/// <summary>Says fast that a hash is none of a set; a few others get through. Two bits a hash, 32 MiB.</summary>
internal sealed class GramFilter
{
    private const int Bits = 28;
    private readonly ulong[] _bits = new ulong[1 << (Bits - 6)];

    public void Add(ulong hash)
    {
        Set(hash >> (64 - Bits));
        Set(hash & ((1UL << Bits) - 1));
    }

    public bool MayHave(ulong hash) => Has(hash >> (64 - Bits)) && Has(hash & ((1UL << Bits) - 1));

    private void Set(ulong bit) => _bits[bit >> 6] |= 1UL << (int)(bit & 63);

    private bool Has(ulong bit) => (_bits[bit >> 6] & (1UL << (int)(bit & 63))) != 0;
}
