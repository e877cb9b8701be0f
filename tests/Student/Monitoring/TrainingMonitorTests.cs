using System.Text;
using NaturalThoughts.Student.Monitoring;

namespace NaturalThoughts.Student.Tests.Monitoring;

public sealed class TrainingMonitorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nt-monitor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Should_TellTheMemoryOfTheDevice_When_ThereIsOne(bool device)
    {
        using (TrainingMonitor monitor = new(_folder, 0, TimeProvider.System, device ? () => 123L << 30 : null))
        {
            monitor.Step(1, 100, 2.5, 1e-3, 0.5);
            Assert.Equal(device, monitor.Measured.TryGetValue("memoryOfDeviceBytes", out double bytes));
            Assert.Equal(device ? 123L << 30 : 0, bytes);
        }

        string events = Encoding.Latin1.GetString(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder))));
        Assert.Contains("system/memory_bytes", events, StringComparison.Ordinal);
        Assert.Equal(device, events.Contains("system/device_memory_bytes", StringComparison.Ordinal));
    }
}
