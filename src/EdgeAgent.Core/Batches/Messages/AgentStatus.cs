using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Batches;

/// <summary>The retained message that says whether an agent is there; its offline form is the agent's will (JSON).</summary>
/// <param name="Online">Whether the agent is connected.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Incarnation">The buffer's chain.</param>
/// <param name="SinceTicks">When the agent connected, see <see cref="Model.UnixTicks"/>; the same in the will, which is written then.</param>
public sealed record AgentStatus(bool Online, string Version, Guid Incarnation, long SinceTicks)
{
    /// <summary>Longest message read: 10,000 devices of 400 bytes.</summary>
    public const int BytesMax = 4 << 20;

    /// <summary>How it fares; null in the first message of a connection and in the will.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgentHealth? Health { get; init; }

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.AgentStatus);

    /// <summary>Reads a status; false for anything else. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out AgentStatus? status) =>
        MessageJson.TryParse(utf8, BytesMax, MessageJson.Default.AgentStatus, static status => status.Health?.IsWhole ?? true, out status);
}
