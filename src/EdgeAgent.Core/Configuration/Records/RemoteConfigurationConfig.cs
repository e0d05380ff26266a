using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>Whether the agent takes configurations that a hub sends, and from which one.</summary>
public sealed record RemoteConfigurationConfig
{
    [Description("Whether a configuration that the hub signed is taken; it cannot change this section.")]
    [DefaultValue(false)]
    public bool Allow { get; init; }

    [Description("Fingerprint of the hub's key, 64 hexadecimal digits; the hub shows it on its page of agents.")]
    public string? HubKey { get; init; }

    [Description("Minutes in which the hub must confirm a new configuration; without that the one before is put back.")]
    [DefaultValue(5), Range(1, 120)]
    public int ConfirmWithinMinutes { get; init; } = 5;
}
