using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>Dashboard, API, health and metrics.</summary>
public sealed record WebConfig
{
    [Description("Address and port to listen on.")]
    [DefaultValue("127.0.0.1:8080")]
    public string Listen { get; init; } = "127.0.0.1:8080";
}
