using System.ComponentModel;

namespace EdgeAgent.Core.Configuration;

/// <summary>Dashboard, API, health and metrics.</summary>
public sealed record WebConfig
{
    [Description("Address and port to listen on.")]
    [DefaultValue("127.0.0.1:8080")]
    public string Listen { get; init; } = "127.0.0.1:8080";

    [Description("HTTPS instead of HTTP; needed wherever passwords travel over a network.")]
    public WebHttpsConfig? Https { get; init; }

    [Description("Names by which browsers reach the pages, for instance of a proxy in front; given, other names are refused. This machine's own names and addresses need not be listed.")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    [Description("What is shown without a login: none, or state for a wall display (state and values of devices).")]
    [DefaultValue(AnonymousAccess.None)]
    public AnonymousAccess Anonymous { get; init; }

    [Description("Whether /metrics answers other machines without a token; from this machine it always does.")]
    [DefaultValue(false)]
    public bool OpenMetrics { get; init; }
}
