namespace EdgeAgent.Hosting;

/// <summary>Which log lines are wanted: one level for all, another for single devices; replaced as a whole by a reload.</summary>
/// <remarks>A device's logger is named <see cref="DevicePrefix"/> and the device's name.</remarks>
internal sealed class LogLevels
{
    public const string DevicePrefix = "EdgeAgent.Device.";

    /// <summary>What frameworks say below a warning interests nobody in a workshop, unless everything is wanted.</summary>
    private static readonly string[] FrameworkPrefixes = ["Microsoft.", "System."];

    /// <summary>It tells a failure three times with stack traces before <see cref="HostRun"/> says it in one line.</summary>
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile Levels _levels = new(LogLevel.Information, []);

    public void Set(LogLevel level, IReadOnlyDictionary<string, LogLevel> devices) =>
        _levels = new Levels(level, new Dictionary<string, LogLevel>(devices, StringComparer.Ordinal));

    public bool IsEnabled(string? category, LogLevel level) => level < LogLevel.None && level >= LevelOf(category ?? "");

    private LogLevel LevelOf(string category)
    {
        Levels levels = _levels;
        if (category.StartsWith(DevicePrefix, StringComparison.Ordinal)
            && levels.Devices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(category.AsSpan(DevicePrefix.Length), out LogLevel own))
        {
            return own;
        }

        if (category == Host && levels.All > LogLevel.Debug)
        {
            return LogLevel.None;
        }

        bool framework = levels.All > LogLevel.Debug && levels.All < LogLevel.Warning
            && FrameworkPrefixes.Any(prefix => category.StartsWith(prefix, StringComparison.Ordinal));
        return framework ? LogLevel.Warning : levels.All;
    }

    private sealed record Levels(LogLevel All, Dictionary<string, LogLevel> Devices);
}
