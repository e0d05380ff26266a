using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Web.Engineering;

/// <summary>An agent as the hub knows it.</summary>
/// <param name="Status">pending, approved or revoked.</param>
/// <param name="Fingerprint">Of the key that its batches are checked against, or that it asks for while pending.</param>
/// <param name="NewFingerprint">Of another key that it showed and that nobody approved; null when none.</param>
/// <param name="Online">Whether it is connected to the broker; null when it never said.</param>
/// <param name="ClockOffsetMs">How far its clock is ahead of the hub's; null before it was measured.</param>
/// <param name="Push">The newest configuration that was sent to it; null when none was.</param>
internal sealed record AgentEntry(
    string Site, string Agent, string Status, string Fingerprint, string? NewFingerprint, string Note, string Version, string ConfigHash, long? ClockOffsetMs,
    DateTimeOffset FirstSeen, DateTimeOffset LastSeen, bool? Online, DateTimeOffset? OnlineSince, int Devices, int Tags, PushRecord? Push);

/// <param name="HubKey">Fingerprint of the hub's key, as agents name it in remoteConfiguration.hubKey; empty when it cannot be used.</param>
/// <param name="Connected">Whether the hub hears its agents.</param>
internal sealed record AgentListView(int Total, int Offset, IReadOnlyList<AgentEntry> Items, string HubKey, bool Connected);

/// <param name="Fingerprint">Of the key that was looked at; another one in the meantime is not approved.</param>
internal sealed record AgentDecision(string? Fingerprint, string? Note);

/// <summary>An agent that is to be let in by a token.</summary>
internal sealed record InviteRequest(string Site, string Agent, int? ValidHours);

/// <param name="Token">Shown once; the agent names it as enrolmentToken of its publisher.</param>
internal sealed record InviteView(string Token, DateTimeOffset ValidUntil);

/// <summary>A configuration for an agent.</summary>
internal sealed record PushRequest(Draft Draft, string? Comment, bool AcceptLostComments);
