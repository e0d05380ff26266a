using EdgeAgent.Commands.Bench.Ingest;

namespace EdgeAgent.Commands.Bench.Fleet;

/// <summary>A hub as a process of its own, a member of a group that shares one subscription and one store.</summary>
internal sealed class FleetHub : IAsyncDisposable
{
    private readonly AgentProcess _process;

    private FleetHub(AgentProcess process) => _process = process;

    public TimeSpan Cpu() => CpuTime.OfProcess(_process.Process.Id);

    public long ResidentPeakBytes() => ProcessMemory.ResidentPeakBytes(_process.Process.Id);

    public Task<double> ReadAsync(string member, BenchContext context) => _process.ReadNumberAsync($"hub.{member}", context);

    /// <summary>The directory in which a hub of this number keeps who may deliver.</summary>
    public static string DataDirectory(int number, BenchContext context) => Path.Combine(context.Directory, $"hub-{number}");

    public static async Task<FleetHub> StartAsync(int number, MosquittoProcess broker, PostgresProcess store, BenchContext context)
    {
        Npgsql.NpgsqlConnectionStringBuilder database = new(store.ConnectionString);
        int webPort = LoopbackPort.Free();
        string file = Path.Combine(context.Directory, $"hub-{number}.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            { "site": "provider", "web": { "listen": "127.0.0.1:{{webPort}}", "anonymous": "state" },
              "hub": { "dataDirectory": "hub-{{number}}", "sharedGroup": "hubs",
                       "store": { "kind": "postgresql", "url": "postgresql://127.0.0.1:{{database.Port}}", "database": "{{database.Database}}", "user": "{{database.Username}}" },
                       "broker": { "brokers": [ "mqtt://127.0.0.1:{{broker.Port}}" ] } } }
            """,
            context.Cancellation);
        FleetHub hub = new(AgentProcess.Run(file, webPort));
        await hub._process.WaitServingAsync(TimeSpan.FromSeconds(30), context);
        return hub;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
