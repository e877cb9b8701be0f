using System.Diagnostics;

namespace NaturalThoughts.Student.Tests;

public sealed class NumericsProbeTests
{
    private static string Start(string argument, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [typeof(NumericsProbeTests).Assembly.Location, argument])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in Numerics.PortableEnvironment.Select(item => (item.Key, item.Value)).Concat(environment))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string Probe(int threads, params (string Name, string Value)[] environment)
    {
        string digest = Start($"{threads}", environment);
        Assert.Matches("^[0-9a-f]{64}$", digest);
        return digest;
    }

    [Fact]
    public void Should_AgreeWithTransformers_When_NumericsArePortable() => Assert.Equal("True", Start("parity"));

    [Fact]
    public void Should_RefuseWhatIsOutside_When_NumericsArePortable() => Assert.Equal("True", Start("limits"));

    [Fact]
    public void Should_GiveTheSameBits_When_NumericsArePortable()
    {
        string digest = Probe(1);
        Assert.Equal(digest, Probe(2));
        Assert.Equal(digest, Probe(1, ("MKL_ENABLE_INSTRUCTIONS", "SSE4_2")));
        Assert.Equal(digest, Probe(2, ("MKL_ENABLE_INSTRUCTIONS", "AVX2")));

        // No AVX-512, for libc and .NET alike; another culture and time zone.
        Assert.Equal(digest, Probe(1, ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX512CD"), ("DOTNET_EnableAVX512", "0")));
        Assert.Equal(digest, Probe(1, ("LANG", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo")));
    }
}
