namespace EdgeAgent.Interop.Tests.Influx;

/// <summary>One influxd for the tests of a class, started by the first that needs it.</summary>
public sealed class InfluxFixture : IAsyncLifetime
{
    private readonly InfluxServer _server = new();

    public async Task<InfluxServer> StartedAsync()
    {
        await _server.StartAsync();
        return _server;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();
}
