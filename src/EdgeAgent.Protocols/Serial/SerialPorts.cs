namespace EdgeAgent.Protocols.Serial;

/// <summary>The serial ports that this machine has.</summary>
public static class SerialPorts
{
    private const string ById = "/dev/serial/by-id";
    private const string Terminals = "/sys/class/tty";

    /// <summary>Paths, those that keep meaning the same adapter first. Empty on other systems than Linux.</summary>
    public static IReadOnlyList<string> List()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        List<string> named = [.. EntriesOf(ById)];
        var reached = named.Select(TargetOf).ToHashSet(StringComparer.Ordinal);
        return [.. named, .. EntriesOf(Terminals).Where(IsPort).Select(entry => "/dev/" + Path.GetFileName(entry)).Where(port => !reached.Contains(port))];
    }

    /// <summary>The list as a part of a sentence.</summary>
    public static string Describe() => List() is { Count: > 0 } ports ? "ports here: " + string.Join(", ", ports) : "this machine has no serial port";

    /// <summary>What a path leads to in the end, for instance <c>/dev/ttyUSB0</c>.</summary>
    internal static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private static IEnumerable<string> EntriesOf(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory).Order(StringComparer.Ordinal) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Consoles and pseudo terminals have no device behind them; a PC has 32 ttyS of which most have no chip (type 0).</summary>
    private static bool IsPort(string entry)
    {
        if (!Directory.Exists(Path.Combine(entry, "device")))
        {
            return false;
        }

        try
        {
            var type = Path.Combine(entry, "type");
            return !File.Exists(type) || File.ReadAllText(type).Trim() != "0";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
