using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>What is logged, and how.</summary>
public sealed record LoggingConfig
{
    [Description("From which severity on messages are logged.")]
    [DefaultValue(LogLevelName.Information)]
    public LogLevelName Level { get; init; } = LogLevelName.Information;

    [Description("Another level for some devices, by name.")]
    public IReadOnlyDictionary<string, LogLevelName> Devices { get; init; } = new Dictionary<string, LogLevelName>();

    [Description("text for people, json for collectors of logs.")]
    [DefaultValue(LogFormat.Text)]
    public LogFormat Format { get; init; }
}
