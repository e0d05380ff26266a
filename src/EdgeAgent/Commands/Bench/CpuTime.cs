using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeAgent.Commands.Bench;

/// <summary>CPU time used, user and system together, of a process or of the calling thread.</summary>
internal static partial class CpuTime
{
    private const int RusageSelf = 0;
    private const int RusageThread = 1;
    private const long ClockTicksPerSecond = 100; // USER_HZ: part of Linux's interface, the same on every architecture.

    /// <summary>This process, to the microsecond.</summary>
    public static TimeSpan OfThisProcess() => FromRusage(RusageSelf);

    /// <summary>The calling thread, to the microsecond.</summary>
    public static TimeSpan OfThisThread() => FromRusage(RusageThread);

    /// <summary>Any process that we may look at, to 10 ms; measure long enough.</summary>
    public static TimeSpan OfProcess(int processId)
    {
        // The name (second field) may hold blanks and parentheses: the fixed fields start after the last one.
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int UserTime = 11; // Field 14 of proc(5), counted from the state.
        long ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[UserTime + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromTicks(ticks * (TimeSpan.TicksPerSecond / ClockTicksPerSecond));
    }

    private static unsafe TimeSpan FromRusage(int who)
    {
        // struct rusage: two timevals (seconds, microseconds), then 14 longs that nobody asks for here.
        long* usage = stackalloc long[18];
        return GetRusage(who, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException($"getrusage failed with {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static unsafe partial int GetRusage(int who, long* usage);
}
