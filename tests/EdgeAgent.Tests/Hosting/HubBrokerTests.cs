using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Tests.Hosting;

public sealed class HubBrokerTests
{
    [Fact]
    public void A_broker_open_on_the_loopback_stays_as_it_is()
    {
        BrokerConfig running = HubBroker.Beside(new BrokerConfig { Listen = "127.0.0.1:1883" }).Broker;

        Assert.Equal("127.0.0.1:1883", running.Listen);
        Assert.True(running.AllowAnonymous);
        Assert.Empty(running.Users);
    }

    [Fact]
    public void A_broker_with_users_gets_one_more_for_the_hub_and_stays_closed_to_others()
    {
        BrokerUserConfig agent = new() { Name = "gw-01", Password = new Secret("x") };

        BrokerConfig running = HubBroker.Beside(new BrokerConfig { Listen = "*:1883", Users = [agent] }).Broker;

        Assert.False(running.AllowAnonymous);
        Assert.Equal(["gw-01", "edgeagent-hub"], running.Users.Select(user => user.Name));
        Assert.Equal(["edgeagent/v1/+/+/ack"], running.Users[1].Publish);
    }

    [Fact]
    public void A_broker_with_tls_only_listens_on_a_loopback_port_for_the_hub_too() =>
        Assert.Equal("127.0.0.1:0", HubBroker.Beside(new BrokerConfig { TlsListen = "*:8883" }).Broker.Listen);
}
