using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>One device: a machine with an address of its own.</summary>
public sealed record DeviceConfig
{
    [Description("Name of the device, unique in the agent.")]
    public required string Name { get; init; }

    [Description("Template that the device starts from: a file in the directory templates beside the configuration file, or a built-in one. Settings given here win by member, tags by name.")]
    public string? Template { get; init; }

    [Description("Asset number in the device ledger; empty when the device is in no ledger.")]
    [DefaultValue("")]
    public string Asset { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("What the driver needs to address the device, for instance unitId; see the driver's document.")]
    public JsonElement Settings { get; init; }

    [Description("Tags of the device; those of tagFile come after these.")]
    public IReadOnlyList<TagConfig> Tags { get; init; } = [];

    [Description("CSV file with more tags, one row each; relative to the configuration file.")]
    public string? TagFile { get; init; }

    /// <summary>Names only: settings may hold secrets.</summary>
    public override string ToString() => $"{Name} ({Tags.Count} tags)";
}
