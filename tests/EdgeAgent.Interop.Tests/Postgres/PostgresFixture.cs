namespace EdgeAgent.Interop.Tests.Postgres;

/// <summary>One PostgreSQL for the tests of a class, started by the first that needs it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    public async Task<PostgresServer> StartedAsync()
    {
        await _server.StartAsync();
        return _server;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();
}
