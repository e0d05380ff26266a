using EdgeAgent.Protocols.Mqtt.Broker;

namespace EdgeAgent.Broker;

/// <summary>Writes what happens in the broker to the log.</summary>
internal sealed partial class BrokerLog(ILogger logger) : IMqttBrokerObserver
{
    public void Connected(string clientId, MqttPeer peer) => LogConnected(clientId, peer.Address, peer.IsTls);

    public void Disconnected(string clientId, string text) => LogDisconnected(clientId, text);

    public void Refused(MqttPeer peer, string text) => LogRefused(peer.Address, text);

    public void Denied(string clientId, string topic) => LogDenied(clientId, topic);

    public void QueueOverflowed(string clientId) => LogOverflow(clientId);

    [LoggerMessage(1, LogLevel.Information, "Client {ClientId} connected from {Address} (TLS: {IsTls}).")]
    private partial void LogConnected(string clientId, string address, bool isTls);

    [LoggerMessage(2, LogLevel.Information, "Client {ClientId} is gone: {Reason}.")]
    private partial void LogDisconnected(string clientId, string reason);

    [LoggerMessage(3, LogLevel.Warning, "A connection from {Address} was refused: {Reason}.")]
    private partial void LogRefused(string address, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Client {ClientId} may not use topic {Topic}; change its publish or subscribe rules if it should.")]
    private partial void LogDenied(string clientId, string topic);

    [LoggerMessage(5, LogLevel.Error, "The queue of client {ClientId}, which is away, is full: messages for it are being given up. Raise queueMessagesMax or queueBytesMax, or bring the client back.")]
    private partial void LogOverflow(string clientId);
}
