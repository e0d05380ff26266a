using System.Net;
using System.Security.Cryptography;
using EdgeAgent.Broker;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>How a hub without a broker of its own in the configuration reaches the embedded one beside it.</summary>
/// <remarks>The embedded broker may know users and TLS only; then the hub comes over a loopback port of its own with a user of its own, whose
/// password is made anew at each start and never leaves the process.</remarks>
internal sealed class HubBroker
{
    private const string UserName = "edgeagent-hub";

    private readonly string? _password;

    private HubBroker(BrokerConfig broker, string? password) => (Broker, _password) = (broker, password);

    /// <summary>The broker's section as it is to run.</summary>
    public BrokerConfig Broker { get; }

    /// <param name="broker">The section as it is configured.</param>
    public static HubBroker Beside(BrokerConfig broker)
    {
        bool anonymous = BrokerSettings.AllowsAnonymous(broker);
        BrokerConfig running = broker with { Listen = broker.Listen ?? "127.0.0.1:0", AllowAnonymous = anonymous };
        if (anonymous)
        {
            return new HubBroker(running, null);
        }

        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        BrokerUserConfig user = new()
        {
            Name = UserName,
            Password = new Secret(password),
            Publish = [Topics.Filter(TopicKind.Ack)],
            Subscribe = [Topics.Filter(TopicKind.Batch), Topics.Filter(TopicKind.Birth), Topics.Filter(TopicKind.Status)],
        };
        return new HubBroker(running with { Users = [.. running.Users, user] }, password);
    }

    /// <summary>The connection, once the broker listens.</summary>
    public MqttConnectionConfig Connection(EmbeddedBroker broker)
    {
        IPEndPoint plain = broker.EndPoints[0]; // Plain comes before TLS.
        IPAddress address = plain.Address.Equals(IPAddress.Any) || plain.Address.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : plain.Address;
        return new MqttConnectionConfig
        {
            Brokers = [$"mqtt://{new IPEndPoint(address, plain.Port)}"],
            User = _password is null ? null : UserName,
            Password = _password is null ? null : new Secret(_password),
        };
    }
}
