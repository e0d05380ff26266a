using EdgeAgent.Protocols.Mqtt.Broker;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeAgent.Broker;

/// <summary>Hands each of Kestrel's connections to the broker.</summary>
internal sealed class BrokerConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ITlsConnectionFeature? tls = connection.Features.Get<ITlsConnectionFeature>();
        var peer = new MqttPeer(connection.RemoteEndPoint?.ToString() ?? "unknown", tls != null, tls?.ClientCertificate);
        await broker.AcceptConnectionAsync(connection.Transport, peer, connection.ConnectionClosed);
    }
}
