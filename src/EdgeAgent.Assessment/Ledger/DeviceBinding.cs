using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Which asset an agent's device was from when to when, by decision of a person; it goes before what the agent's configuration says.</summary>
/// <param name="Agent">Agent id, or <c>site/agent</c> when it is of another site.</param>
/// <param name="Device">Device id in the agent's configuration.</param>
/// <param name="AssetNo">The asset; empty states that the device is none of the ledger's.</param>
/// <param name="FromTicks">First instant, inclusive.</param>
/// <param name="ToTicks">End, exclusive; null while it holds.</param>
public sealed record DeviceBinding(
    string Agent,
    string Device,
    string AssetNo,
    [property: JsonConverter(typeof(InstantJson))] long FromTicks,
    [property: JsonConverter(typeof(InstantJson))] long? ToTicks = null,
    string Note = "")
{
    /// <summary>By which events refer to it: a device has one binding that begins at an instant.</summary>
    [JsonIgnore]
    public string Key => $"{Agent}/{Device}@{InstantJson.Text(FromTicks)}";

    /// <summary>Whether it holds at an instant.</summary>
    public bool Holds(long ticks) => FromTicks <= ticks && (ToTicks is not { } to || ticks < to);
}
