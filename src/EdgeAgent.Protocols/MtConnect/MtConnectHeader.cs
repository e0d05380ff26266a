namespace EdgeAgent.Protocols.MtConnect;

/// <summary>What an agent says of itself in each document.</summary>
/// <param name="InstanceId">Another one after each start of the agent.</param>
/// <param name="NextSequence">Number that the next observation will have; -1 when not told.</param>
/// <param name="IsTest">The agent says that its data are for tests.</param>
/// <param name="FirstSequence">Number of the oldest observation that the agent still has; -1 when not told.</param>
/// <param name="LastSequence">Number of the newest; -1 when not told.</param>
public sealed record MtConnectHeader(
    string Sender, string Version, string InstanceId, long NextSequence, bool IsTest, long FirstSequence = -1, long LastSequence = -1);
