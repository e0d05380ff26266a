using System.Net;
using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt.Broker;

namespace EdgeAgent.Broker;

/// <summary>Turns the configuration's broker section into what the broker core understands.</summary>
internal static class BrokerSettings
{
    public static MqttBrokerOptions OptionsOf(BrokerConfig config) => new()
    {
        PacketSizeBytesMax = config.PacketBytesMax,
        QueueMessagesMax = config.QueueMessagesMax,
        QueueSizeBytesMax = config.QueueBytesMax,
        ConnectionsMax = config.ConnectionsMax,
        SessionExpirySecondsMax = (uint)config.SessionExpirySecondsMax,
    };

    /// <summary>Passwords are kept only as salted hashes.</summary>
    public static MqttUserList UsersOf(BrokerConfig config)
    {
        IEnumerable<MqttUser> users = config.Users.Select(user => new MqttUser(
            user.Name,
            user.Password is { } password ? MqttPasswordHash.Create(Encoding.UTF8.GetBytes(password.Reveal())) : null,
            user.Publish,
            user.Subscribe));
        return new MqttUserList(users, AllowsAnonymous(config));
    }

    /// <summary>Reads "address:port"; "*" stands for every address of the machine.</summary>
    public static IPEndPoint EndPointOf(string listen)
    {
        int colon = listen.LastIndexOf(':');
        string host = colon < 0 ? "" : listen[..colon];
        if (colon >= 0 && ushort.TryParse(listen.AsSpan(colon + 1), out ushort port))
        {
            switch (host)
            {
                case "*":
                    return new IPEndPoint(IPAddress.IPv6Any, port);
                case "localhost":
                    return new IPEndPoint(IPAddress.Loopback, port);
                default:
                    if (IPAddress.TryParse(host, out IPAddress? address))
                    {
                        return new IPEndPoint(address, port);
                    }
                    break;
            }
        }
        throw new BrokerConfigException($"broker: \"{listen}\" is not an address to listen on; expected IP:port, for example 127.0.0.1:1883 or *:1883");
    }

    public static bool AllowsAnonymous(BrokerConfig config)
    {
        if (config.AllowAnonymous is { } told)
        {
            return told;
        }
        bool reachable = config.Listen is { } listen && !IPAddress.IsLoopback(EndPointOf(listen).Address) || config.TlsListen != null && config.ClientCaFile == null;
        return config.Users.Count == 0 && !reachable;
    }
}
