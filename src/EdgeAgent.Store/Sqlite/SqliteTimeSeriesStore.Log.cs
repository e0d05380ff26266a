using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Sqlite;

public sealed partial class SqliteTimeSeriesStore
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Store {Path} is open; {TailReadings} readings wait to be folded")]
    private static partial void LogOpened(ILogger log, string path, long tailReadings);
}
