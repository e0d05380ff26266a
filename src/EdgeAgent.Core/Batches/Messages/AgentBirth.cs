using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeAgent.Core.Batches;

/// <summary>The retained message in which an agent says who it is and what it collects (JSON).</summary>
/// <param name="Site">Must equal the topic's.</param>
/// <param name="Agent">Must equal the topic's.</param>
/// <param name="Version">The program's version.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
/// <param name="TokenProof">See <see cref="EnrolmentProof"/>; null without a token.</param>
/// <param name="ConfigHash">Hash of the definition, hexadecimal.</param>
/// <param name="Incarnation">The buffer's chain.</param>
/// <param name="Devices">Every device with its tags.</param>
public sealed record AgentBirth(
    string Site,
    string Agent,
    string Version,
    string PublicKey,
    string? TokenProof,
    string ConfigHash,
    Guid Incarnation,
    IReadOnlyList<BirthDevice> Devices)
{
    /// <summary>Longest message read: 1,000,000 tags of 60 bytes.</summary>
    public const int BytesMax = 64 << 20;

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.AgentBirth);

    /// <summary>Reads a birth; false for anything else. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out AgentBirth? birth) =>
        MessageJson.TryParse(utf8, BytesMax, MessageJson.Default.AgentBirth, static birth => birth.IsWhole, out birth);

    /// <summary>JSON may hold null where a list promises something, which the serializer does not look at.</summary>
    private bool IsWhole => Devices.All(static device => device is { Tags: not null } && device.Tags.All(static tag => tag is not null));
}
