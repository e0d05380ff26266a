using EdgeAgent.Commands.Bench;

namespace EdgeAgent.Tests.Commands.Bench;

public sealed class CpuTimeTests
{
    [Fact]
    public void Both_sources_agree_on_this_process()
    {
        TimeSpan before = CpuTime.OfThisProcess();
        TimeSpan fromProc = CpuTime.OfProcess(Environment.ProcessId);
        TimeSpan after = CpuTime.OfThisProcess();

        // /proc counts in ticks of 10 ms, and keeps user and system time apart.
        TimeSpan tolerance = TimeSpan.FromMilliseconds(30);
        Assert.InRange(fromProc, before - tolerance, after + tolerance);
        Assert.True(CpuTime.OfThisThread() <= after);
    }

    [Fact]
    public void Resident_memory_of_this_process_is_plausible()
    {
        long resident = ProcessMemory.ResidentBytes(Environment.ProcessId);

        Assert.InRange(resident, 10_000_000, ProcessMemory.ResidentPeakBytes(Environment.ProcessId));
    }
}
