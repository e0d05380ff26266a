namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Opens byte streams to servers; the seam at which tests put scripted ones.</summary>
internal interface IUaLinkSource
{
    Task<UaLink> ConnectAsync(OpcUaAddress address, CancellationToken cancellation);
}
