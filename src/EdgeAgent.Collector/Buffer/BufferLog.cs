using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What the buffer says in the log.</summary>
internal static partial class BufferLog
{
    [LoggerMessage(Level = LogLevel.Error, Message =
        "The buffer's database was damaged ({Problem}). It was set aside as {Path}; {Batches} batches could be read in it, "
        + "{Readings} readings count as lost. Collection goes on in a new one")]
    public static partial void SetAside(ILogger logger, string problem, string path, long batches, long readings);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The buffer in {Directory} cannot write ({Problem}). Readings are counted as dropped until it can")]
    public static partial void Full(ILogger logger, string directory, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The buffer in {Directory} writes again")]
    public static partial void Recovered(ILogger logger, string directory);

    [LoggerMessage(Level = LogLevel.Error, Message = "The buffer could not finish its work and goes on")]
    public static partial void TurnFailed(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The buffer was not closed cleanly; nothing committed is lost")]
    public static partial void CloseFailed(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The buffer's log could not be brought to the disk; a power cut may cost more than usual")]
    public static partial void SyncFailed(ILogger logger, Exception problem);
}
