using System.Text.Json;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>An InfluxDB 1.x server in its own process.</summary>
internal sealed class Influxd : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly TempDirectory _directory;
    private PartnerProcess? _process;

    private Influxd(TempDirectory directory, int port)
    {
        _directory = directory;
        Port = port;
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    public static async Task<Influxd> StartAsync()
    {
        var directory = new TempDirectory();
        int port = FreePort.Tcp();
        int rpc = FreePort.Tcp();
        await File.WriteAllTextAsync(
            directory.File("influxdb.conf"),
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{directory.File("meta")}"
            [data]
              dir = "{directory.File("data")}"
              wal-dir = "{directory.File("wal")}"
              query-log-enabled = false
              max-series-per-database = 0
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [logging]
              level = "error"
            """);
        var server = new Influxd(directory, port);
        await server.RestartAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        _process = PartnerProcess.Start("influxd", ["-config", _directory.File("influxdb.conf")]);
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await Http.GetAsync(Url + "/ping")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "influxd answers /ping");
    }

    public async Task StopAsync()
    {
        _process!.Terminate();
        await _process.WaitForExitAsync();
        await _process.DisposeAsync();
    }

    public ValueTask KillAsync() => _process!.DisposeAsync();

    /// <summary>Runs one InfluxQL query and returns the parsed answer, spoken to the server directly and not through the program.</summary>
    public async Task<JsonDocument> QueryAsync(string database, string query)
    {
        using HttpResponseMessage answer = await Http.GetAsync($"{Url}/query?db={database}&epoch=ns&q={Uri.EscapeDataString(query)}");
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text);
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
