using System.Net.Security;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>TCP, with TLS on top where the address asks for it.</summary>
internal sealed class SocketTransport(MqttTlsOptions? tls) : IMqttTransport
{
    public async ValueTask<Stream> ConnectAsync(MqttBrokerAddress broker, CancellationToken cancellationToken)
    {
        // Dual mode reaches IPv4 and IPv6; without Nagle's algorithm a lone small packet is not held back.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(broker.Host, broker.Port, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return broker.UseTls ? await SecureAsync(stream, broker, cancellationToken).ConfigureAwait(false) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<Stream> SecureAsync(Stream stream, MqttBrokerAddress broker, CancellationToken cancellationToken)
    {
        using var identity = new TlsIdentity(tls!);
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(identity.OptionsFor(broker.Host), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch (System.Security.Authentication.AuthenticationException failure)
        {
            throw new IOException(identity.Problem ?? failure.InnerException?.Message ?? failure.Message, failure);
        }
    }
}
