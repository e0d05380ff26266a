using Microsoft.Extensions.Logging.Console;

namespace EdgeAgent.Hosting;

/// <summary>Sets up what log lines look like and where they go.</summary>
internal static class LogOutput
{
    private const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    /// <param name="json">One JSON object a line, for log collectors; else one line of text.</param>
    /// <param name="toError">Everything on the error stream, for verbs whose output is a result.</param>
    public static void Add(ILoggingBuilder logging, LogLevels levels, bool json, bool toError)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Trace); // LogLevels decides.
        logging.AddFilter((_, category, level) => levels.IsEnabled(category, level));
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = toError ? LogLevel.Trace : LogLevel.None;
            // A log that nobody reads must never hold up collection.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        if (json)
        {
            logging.AddJsonConsole(line =>
            {
                line.UseUtcTimestamp = true;
                line.TimestampFormat = "O";
            });
            return;
        }

        logging.AddSimpleConsole(text =>
        {
            text.SingleLine = true;
            text.UseUtcTimestamp = true;
            text.TimestampFormat = Timestamp;
        });
    }
}
