using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NaturalThoughts.Contracts;

/// <summary>
/// Tells files that can be read to their end from a FIFO, a socket or a device, where a reader waits for somebody else, for ever if nobody comes.
/// Whoever reads a path that a person may have made asks here first.
/// </summary>
public static class RegularFile
{
    /// <summary>What <see cref="KindOf"/> calls a regular file.</summary>
    public const string File = "a regular file";

    // struct statx of Linux's uapi headers: 256 bytes on every architecture, stx_mode at 28; S_IFMT and its values are those of inode(7).
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const uint TypeAndMode = 0x3;
    private const int AtWorkingDirectory = -100;
    private const int TypeMask = 0xF000;

    /// <summary>True when a regular file is there, symbolic links followed.</summary>
    public static bool Is(string path) => KindOf(path) == File;

    /// <summary>The path itself, if it is a regular file or nothing is there.</summary>
    /// <exception cref="UserErrorException">Something is there that is no regular file. A path where nothing is passes: whoever opens it says so.</exception>
    public static string Require(string path) => KindOf(path) is null or File
        ? path
        : throw new UserErrorException($"This is {KindOf(path)}, not a regular file.", path, "Name a file that can be read to its end.");

    /// <summary>What is at a path, links followed, such as <c>a FIFO</c>; null when nothing is there or it cannot be seen.</summary>
    public static string? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Directory.Exists(path) ? "a folder" : System.IO.File.Exists(path) ? File : null;
        }

        byte[] buffer = new byte[StatxSize];
        if (Statx(AtWorkingDirectory, Path.GetFullPath(path), 0, TypeAndMode, buffer) != 0)
        {
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(ModeOffset)) & TypeMask) switch
        {
            0x8000 => File,
            0x4000 => "a folder",
            0x1000 => "a FIFO",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => "of an unknown kind",
        };
    }

    [DllImport("libc.so.6", EntryPoint = "statx")]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
