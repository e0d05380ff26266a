using System.Globalization;
using EdgeAgent.Store.Influx;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Influx;

/// <summary>A real influxd as a separate process with its data in a directory of the test; can be stopped, killed and started again.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _port = FreePort.Tcp();
    private readonly int _backupPort = FreePort.Tcp();
    private PartnerProcess? _process;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));

    public int Port => _port;

    public string RefusedDirectory => _directory.File("refused");

    public InfluxOptions Options(string database) => new()
    {
        Url = Url,
        Database = database,
        RefusedDirectory = RefusedDirectory,
        // The tests' readings are of 2025.
        RetentionMonths = 0,
    };

    public async Task StartAsync()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        _process = PartnerProcess.Start("influxd", ["run"], environment: new Dictionary<string, string>
        {
            ["INFLUXDB_BIND_ADDRESS"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_backupPort}"),
            ["INFLUXDB_HTTP_BIND_ADDRESS"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}"),
            ["INFLUXDB_META_DIR"] = _directory.File("meta"),
            ["INFLUXDB_DATA_DIR"] = _directory.File("data"),
            ["INFLUXDB_DATA_WAL_DIR"] = _directory.File("wal"),
            ["INFLUXDB_DATA_QUERY_LOG_ENABLED"] = "false",
            ["INFLUXDB_HTTP_LOG_ENABLED"] = "false",
            ["INFLUXDB_REPORTING_DISABLED"] = "true",
            ["INFLUXDB_MONITOR_STORE_ENABLED"] = "false",
        });
        using var client = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, _process.Output);
                try
                {
                    return (await client.GetAsync(new Uri(Url, "ping"))).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "influxd answers");
    }

    public async Task StopAsync()
    {
        _process!.Terminate();
        await _process.WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>One number out of a query, as a dashboard would ask.</summary>
    public async Task<string> AskAsync(string database, string query)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(Url, $"query?db={database}&epoch=ns&q={Uri.EscapeDataString(query)}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }
}
