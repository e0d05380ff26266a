using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What the opening of a channel leaves to its connection.</summary>
internal sealed record OpenedChannel(
    UaLink Link, UaReceiveBuffer Buffer, SecureChannel Channel, ClientHandshake Handshake, AgreedLimits Limits, uint LastRequestId);
