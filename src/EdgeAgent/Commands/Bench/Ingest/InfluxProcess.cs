using System.Globalization;

namespace EdgeAgent.Commands.Bench.Ingest;

/// <summary>An InfluxDB 1.x of its own, on the loopback, with its data in the scenario's directory.</summary>
internal sealed class InfluxProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private InfluxProcess(ChildProcess process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public TimeSpan Cpu() => CpuTime.OfProcess(_process.Id);

    public static async Task<InfluxProcess> StartAsync(BenchContext context)
    {
        int port = LoopbackPort.Free();
        string directory = Path.Combine(context.Directory, "influx");
        ChildProcess process = ChildProcess.Start("influxd", ["run"], new Dictionary<string, string>
        {
            ["INFLUXDB_BIND_ADDRESS"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LoopbackPort.Free()}"),
            ["INFLUXDB_HTTP_BIND_ADDRESS"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["INFLUXDB_META_DIR"] = Path.Combine(directory, "meta"),
            ["INFLUXDB_DATA_DIR"] = Path.Combine(directory, "data"),
            ["INFLUXDB_DATA_WAL_DIR"] = Path.Combine(directory, "wal"),
            ["INFLUXDB_DATA_QUERY_LOG_ENABLED"] = "false",
            ["INFLUXDB_HTTP_LOG_ENABLED"] = "false",
            ["INFLUXDB_REPORTING_DISABLED"] = "true",
            ["INFLUXDB_MONITOR_STORE_ENABLED"] = "false",
        });
        await LoopbackPort.WaitOpenAsync(port, TimeSpan.FromSeconds(20), context);
        return new InfluxProcess(process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
