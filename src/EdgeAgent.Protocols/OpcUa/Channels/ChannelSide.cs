namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>Which end of a channel this is.</summary>
internal enum ChannelSide : byte
{
    Client,
    Server,
}
