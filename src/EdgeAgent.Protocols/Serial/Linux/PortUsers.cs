using System.Globalization;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>Finds out which programs have a port open, as far as we may see.</summary>
internal static class PortUsers
{
    public static string Describe(string port)
    {
        var target = SerialPorts.TargetOf(port);
        List<string> users = [.. ProcessIds().Where(id => HasOpen(id, target)).Select(Name)];
        return users.Count > 0 ? string.Join(" and ", users) : "a program of another user";
    }

    private static IEnumerable<int> ProcessIds() => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static bool HasOpen(int id, string target)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Any(entry => new FileInfo(entry).LinkTarget == target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to someone else.
            return false;
        }
    }

    private static string Name(int id)
    {
        if (id == Environment.ProcessId)
        {
            return "this program itself, under another endpoint";
        }

        try
        {
            return $"{File.ReadAllText($"/proc/{id}/comm").Trim()} (process {id})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"process {id}";
        }
    }
}
