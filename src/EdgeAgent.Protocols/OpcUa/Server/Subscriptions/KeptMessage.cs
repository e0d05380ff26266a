namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A notification message that was sent and is kept until it is acknowledged.</summary>
internal sealed record KeptMessage(uint SequenceNumber, DateTime PublishedUtc, byte[] Notifications);
