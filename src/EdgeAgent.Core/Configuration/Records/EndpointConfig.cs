using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Configuration;

/// <summary>One connection to one or more devices, served by a driver.</summary>
public sealed record EndpointConfig
{
    [Description("Name of the endpoint, unique in the agent.")]
    public required string Name { get; init; }

    [Description("Driver, for instance modbus-tcp.")]
    public required string Driver { get; init; }

    [Description("Where the readings come from; only live ones count in an assessment.")]
    [DefaultValue(Provenance.Live), JsonConverter(typeof(LowerCaseEnumConverter<Provenance>))]
    public Provenance Provenance { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [Description("What the driver needs to connect; see the driver's document.")]
    public JsonElement Settings { get; init; }

    [Description("Devices behind this connection.")]
    public IReadOnlyList<DeviceConfig> Devices { get; init; } = [];

    /// <summary>Names only: settings may hold secrets.</summary>
    public override string ToString() => $"{Name} ({Driver}, {Devices.Count} devices)";
}
