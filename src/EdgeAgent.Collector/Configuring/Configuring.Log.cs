using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Configuring;

internal static partial class ConfiguringLog
{
    [LoggerMessage(1, LogLevel.Warning, "A message about the configuration was ignored: {Problem}.")]
    public static partial void RemoteConfigIgnored(this ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "Revision {Revision} of the configuration from the hub is refused: {Problem}")]
    public static partial void RemoteConfigRefused(this ILogger logger, long revision, string problem);

    [LoggerMessage(3, LogLevel.Information, "Revision {Revision} of the configuration from the hub is in force, on trial until the hub confirms it.")]
    public static partial void RemoteConfigTaken(this ILogger logger, long revision);

    [LoggerMessage(4, LogLevel.Information, "Revision {Revision} of the configuration is confirmed by the hub.")]
    public static partial void RemoteConfigKept(this ILogger logger, long revision);

    [LoggerMessage(5, LogLevel.Error, "Revision {Revision} of the configuration was taken back: {Reason}.")]
    public static partial void RemoteConfigTakenBack(this ILogger logger, long revision, string reason);

    [LoggerMessage(6, LogLevel.Error, "The configuration before could not be put back: {Problem} It is tried again.")]
    public static partial void RemoteConfigStuck(this ILogger logger, string problem);

    [LoggerMessage(7, LogLevel.Error, "Configurations from the hub are not taken: {Problem}")]
    public static partial void RemoteConfigOff(this ILogger logger, string problem);
}
