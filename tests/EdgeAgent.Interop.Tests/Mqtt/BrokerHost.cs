using EdgeAgent.Broker;
using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.Mqtt;

/// <summary>Our broker, listening on a port of its choice.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly EmbeddedBroker _broker;

    private BrokerHost(EmbeddedBroker broker) => _broker = broker;

    public int Port => _broker.EndPoints[0].Port;

    public EmbeddedBroker Broker => _broker;

    public static async Task<BrokerHost> StartAsync(BrokerConfig? config = null)
    {
        var broker = new EmbeddedBroker(config ?? new BrokerConfig { Listen = "127.0.0.1:0" }, TimeProvider.System, NullLoggerFactory.Instance);
        await broker.StartAsync(CancellationToken.None);
        return new BrokerHost(broker);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.StopAsync(CancellationToken.None);
        await _broker.DisposeAsync();
    }
}
