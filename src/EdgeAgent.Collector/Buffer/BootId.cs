namespace EdgeAgent.Collector.Buffer;

/// <summary>Names the present run of the operating system, so that an unclean stop can be told from a power cut.</summary>
internal static class BootId
{
    private const string Path = "/proc/sys/kernel/random/boot_id";

    /// <summary>The kernel's id of this boot; where there is none, a new one each time, so that every unclean stop counts as a power cut.</summary>
    public static string Read()
    {
        try
        {
            return File.ReadAllText(Path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid().ToString();
        }
    }
}
