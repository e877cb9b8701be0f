using System.Diagnostics;

namespace NaturalThoughts.Student.Tests;

public sealed class NumericsProbeTests
{
    private static readonly Lazy<string> Digest = new(() => Probe(1));

    private static string Start(string argument, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [typeof(NumericsProbeTests).Assembly.Location, argument])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <summary>What libtorch, its libraries, the C library and .NET may be told, which must not change a bit.</summary>
    public static TheoryData<int, string> Settings => new()
    {
        { 2, "" },
        { 3, "MKL_CBWR=COMPATIBLE" },
        { 1, "MKL_ENABLE_INSTRUCTIONS=SSE4_2" },
        { 1, "ATEN_CPU_CAPABILITY=default" },
        { 2, "ATEN_CPU_CAPABILITY=avx2" },
        { 1, "ATEN_CPU_CAPABILITY=avx512" },
        { 1, "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX512CD,-AVX2,-AVX,-FMA" },
        { 1, "DOTNET_EnableAVX512F=0;DOTNET_EnableAVX512=0" },
        { 1, "DOTNET_TieredCompilation=0" },
        { 1, "LANG=tr_TR.UTF-8;TZ=Asia/Tokyo" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Should_GiveTheSameBits_When_SettingsDiffer(int threads, string settings) =>
        Assert.Equal(
            Digest.Value,
            Probe(
                threads,
                [.. settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(item => (item[..item.IndexOf('=', StringComparison.Ordinal)], item[(item.IndexOf('=', StringComparison.Ordinal) + 1)..]))]));

    [Fact]
    public void Should_SayWhatIsNeeded_When_TheProcessorHasNoVectors() =>
        Assert.StartsWith(
            "processor: The kernels of the processor compute with AVX2 and FMA, which this machine or its settings do not offer.",
            Start("vectors", ("DOTNET_EnableAVX2", "0")), StringComparison.Ordinal);

    private static string Probe(int threads, params (string Name, string Value)[] environment)
    {
        string digest = Start($"{threads}", environment);
        Assert.Matches("^[0-9a-f]{64}$", digest);
        return digest;
    }
}
