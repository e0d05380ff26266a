using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What the pipeline tells people: losses only.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(Level = LogLevel.Error,
        Message = "The buffer takes nothing, most likely because the disk is full: readings are dropped and counted until there is room again")]
    public static partial void BufferFull(this ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The buffer takes batches again; {Dropped} readings were dropped since the agent started")]
    public static partial void BufferTakesAgain(this ILogger logger, long dropped);
}
