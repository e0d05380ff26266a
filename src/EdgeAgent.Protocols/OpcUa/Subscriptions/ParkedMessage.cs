namespace EdgeAgent.Protocols.OpcUa.Subscriptions;

/// <summary>A message that must wait until those before it were asked for again: a copy of the response that brought it.</summary>
internal readonly record struct ParkedMessage(uint SequenceNumber, byte[] Response);
