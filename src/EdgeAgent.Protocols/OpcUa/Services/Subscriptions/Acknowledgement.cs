namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>A notification message that arrived and need not be kept any longer (OPC 10000-4 §5.14.5).</summary>
internal readonly record struct Acknowledgement(uint SubscriptionId, uint SequenceNumber)
{
    public const int Bytes = 8;
}
