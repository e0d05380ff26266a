using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>What publishers say in the log. A destination that is away is a warning: nothing is lost by it.</summary>
internal static partial class PublisherLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Publisher {Publisher} is connected to {Broker}")]
    public static partial void PublisherConnected(this ILogger logger, string publisher, string broker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Publisher} lost its connection: {Problem}")]
    public static partial void PublisherDisconnected(this ILogger logger, string publisher, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Publisher} cannot connect: {Problem}; next try in {NextTryIn}")]
    public static partial void PublisherConnectFailed(this ILogger logger, string publisher, string problem, TimeSpan nextTryIn);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Publisher}: {Problem}")]
    public static partial void PublisherProblem(this ILogger logger, string publisher, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Publisher}: the hub confirms nothing; batches wait in the buffer until it does")]
    public static partial void HubSilent(this ILogger logger, string publisher);

    [LoggerMessage(Level = LogLevel.Information, Message = "Publisher {Publisher}: the hub answers again")]
    public static partial void HubAnswers(this ILogger logger, string publisher);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Publisher {Publisher}: the hub refuses batch {Sequence}: {Reason}. It is whole and stays in the buffer until the cause is removed; others go on")]
    public static partial void BatchRefused(this ILogger logger, string publisher, long sequence, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Publisher {Publisher}: batch {Sequence} with {Readings} readings was damaged on disk; it is given up and declared as lost")]
    public static partial void BatchDamaged(this ILogger logger, string publisher, long sequence, int readings);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Publisher {Publisher}: batch {Sequence} of {SizeBytes} bytes is larger than the broker takes; raise its packet limit. It stays in the buffer")]
    public static partial void BatchTooLarge(this ILogger logger, string publisher, long sequence, int sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publisher {Publisher}: an acknowledgement of {SizeBytes} bytes makes no sense and is ignored")]
    public static partial void AckUnreadable(this ILogger logger, string publisher, int sizeBytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Publisher {Publisher}: {Problem}")]
    public static partial void PublisherPassedOver(this ILogger logger, string publisher, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Publisher {Publisher} met a problem of its own and goes on")]
    public static partial void PublisherFailed(this ILogger logger, string publisher, Exception problem);
}
