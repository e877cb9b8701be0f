using System.Diagnostics;
using NaturalThoughts.Student.Native;

namespace NaturalThoughts.Student.Tests.Native;

public sealed class CudaDevicesTests : IDisposable
{
    // A driver with two devices, of which the second does not answer.
    private const string Source = """
        int cuInit(unsigned flags) { return INIT; }
        int cuDeviceGetCount(int *count) { *count = COUNT; return 0; }
        int cuDeviceGet(int *device, int ordinal) { *device = 40 + ordinal; return ordinal; }
        int cuDeviceGetName(char *name, int length, int device) { name[0] = 'H'; name[1] = '0' + device % 10; name[2] = 0; return length < 3; }
        int cuDeviceTotalMem_v2(unsigned long *bytes, int device) { *bytes = 85899345920UL; return device != 40; }
        int cuMemGetInfo_v2(unsigned long *free, unsigned long *total) { *free = 5UL << 30; *total = 8UL << 30; return INIT; }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nt-cuda-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_SayWhy_When_ThereIsNoDriver() => Assert.Equal(["none: there is no NVIDIA driver"], CudaDevices.Describe("libno-such-driver.so.1"));

    [CompilerFact]
    public void Should_NameDevices_When_TheDriverAnswers()
    {
        Assert.Equal(["0: H0, 80.0 GiB", "1: the driver tells nothing of it"], CudaDevices.Describe(Driver(0, 2)));
        Assert.Equal(["none: the NVIDIA driver sees no device"], CudaDevices.Describe(Driver(0, 0)));
        Assert.Equal(["none: the NVIDIA driver answers with error 100"], CudaDevices.Describe(Driver(100, 2)));
    }

    [CompilerFact]
    public void Should_CountWhatIsNotFree_When_TheDriverAnswers()
    {
        Assert.Equal(3L << 30, CudaDevices.MemoryInUse(Driver(0, 2)));
        Assert.Null(CudaDevices.MemoryInUse(Driver(100, 2))); // no context
        Assert.Null(CudaDevices.MemoryInUse("libno-such-driver.so.1"));
    }

    private string Driver(int init, int count)
    {
        string source = Path.Combine(_folder, "driver.c"), library = Path.Combine(_folder, $"driver{init}-{count}.so");
        File.WriteAllText(source, Source);
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", $"-DINIT={init}", $"-DCOUNT={count}", "-o", library, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        return library;
    }
}
