using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>What the supervisor tells people.</summary>
internal static partial class SchedulingLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint}: connected")]
    public static partial void Connected(this ILogger logger, string endpoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint}: connected after {Failures} failed tries")]
    public static partial void ConnectedAfterFailures(this ILogger logger, string endpoint, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint}: connection lost: {Problem}")]
    public static partial void ConnectionLost(this ILogger logger, string endpoint, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint}: cannot connect: {Problem} (try {Tries}, next in {PauseSeconds:0.0} s)")]
    public static partial void ConnectFailed(this ILogger logger, string endpoint, string problem, int tries, double pauseSeconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: the driver failed while connecting")]
    public static partial void ConnectFaulted(this ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device}: answers")]
    public static partial void DeviceAnswers(this ILogger logger, string device);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device}: answers again")]
    public static partial void DeviceAnswersAgain(this ILogger logger, string device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: does not answer; it is only probed now and then until it does")]
    public static partial void DeviceQuarantined(this ILogger logger, string device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: {Problem} (seen {Count} times since it began)")]
    public static partial void DeviceProblem(this ILogger logger, string device, string problem, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device}: all tags can be read again")]
    public static partial void DeviceProblemOver(this ILogger logger, string device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device}: sends nothing within its period")]
    public static partial void DeviceSilent(this ILogger logger, string device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint}: {Problem} (seen {Count} times since it began)")]
    public static partial void EndpointProblem(this ILogger logger, string endpoint, string problem, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint}: the driver failed while receiving")]
    public static partial void ReceiveFaulted(this ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Device}: the driver failed in a scan")]
    public static partial void ScanFaulted(this ILogger logger, Exception exception, string device);
}
