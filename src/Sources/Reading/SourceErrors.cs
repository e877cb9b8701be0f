using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Reading;

/// <summary>Errors about files as a whole. None of them quotes what is in the file.</summary>
internal static class SourceErrors
{
    public static UserErrorException Damaged(string where, string what) =>
        new(what, where, "If the file was downloaded, the download may not be complete: get it again, and compare its SHA-256 with the owner's.");

    public static UserErrorException Wrong(string where, string what, string hint) => new(what, where, hint);

    /// <summary>
    /// True for what a decoder throws over damaged bytes. Decoders of others (Parquet, zip) throw nearly anything then; a want of memory and
    /// a cancellation are no damage.
    /// </summary>
    public static bool IsDamage(Exception error) => error is not (OutOfMemoryException or OperationCanceledException or UserErrorException);
}
