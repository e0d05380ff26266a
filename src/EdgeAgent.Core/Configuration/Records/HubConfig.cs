using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The hub: where batches are stored and what is derived from them.</summary>
public sealed record HubConfig
{
    [Description("Where enrolled agents, refused batches and reports are kept; relative to the configuration file.")]
    [DefaultValue("./data/hub")]
    public string DataDirectory { get; init; } = "./data/hub";

    [Description("The time-series store.")]
    public StoreConfig Store { get; init; } = new();

    [Description("Further servers that get a copy of each stored reading as line protocol, for dashboards; they hold up nothing.")]
    public IReadOnlyList<ForwardConfig> Forward { get; init; } = [];

    [Description("How long raw readings are kept, in months.")]
    [DefaultValue(24), Range(1, 1200)]
    public int RetentionMonths { get; init; } = 24;

    [Description("The broker to receive from; left out, the embedded one of this file.")]
    public MqttConnectionConfig? Broker { get; init; }

    [Description("Name of the group in which several hubs share the work; left out, this hub receives everything.")]
    public string? SharedGroup { get; init; }

    [Description("One-time tokens with which agents are taken in without approval by hand; give them as ${env:NAME} or ${file:PATH}.")]
    public IReadOnlyList<Secret> EnrolmentTokens { get; init; } = [];

    [Description("Device ledger, CSV; relative to the configuration file.")]
    public string? Ledger { get; init; }

    [Description("Points that are to be collected (采集点表), CSV; relative to the configuration file.")]
    public string? Points { get; init; }

    [Description("Rules of the assessment: the name of a built-in pack, or a file.")]
    [DefaultValue("miit-2024")]
    public string RulePack { get; init; } = "miit-2024";
}
