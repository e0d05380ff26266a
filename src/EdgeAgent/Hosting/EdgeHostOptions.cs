namespace EdgeAgent.Hosting;

/// <summary>How a host is run, as far as the configuration file does not say it.</summary>
/// <param name="ReloadFrom">The file to watch and to read again; null takes no notice of changes.</param>
/// <param name="LogToError">Log lines on the error stream, for verbs whose output is a result.</param>
/// <param name="LevelLeast">Log lines below this are left out whatever the configuration says.</param>
internal sealed record EdgeHostOptions(TimeProvider Time, string? ReloadFrom = null, bool LogToError = false, LogLevel LevelLeast = LogLevel.Trace);
