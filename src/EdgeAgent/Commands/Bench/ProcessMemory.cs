using System.Globalization;

namespace EdgeAgent.Commands.Bench;

/// <summary>Resident memory of a process, from /proc.</summary>
internal static class ProcessMemory
{
    public static long ResidentBytes(int processId) => Read(processId, "VmRSS:");

    /// <summary>The most it ever had.</summary>
    public static long ResidentPeakBytes(int processId) => Read(processId, "VmHWM:");

    private static long Read(int processId, string key)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        string kilobytes = line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }
}
