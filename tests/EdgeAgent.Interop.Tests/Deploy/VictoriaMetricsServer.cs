using System.Globalization;
using System.Text.Json;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Deploy;

/// <summary>A real victoria-metrics as a separate process with its data in a directory of the test.</summary>
internal sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly int _port = FreePort.Tcp();
    private PartnerProcess? _process;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public async Task StartAsync()
    {
        _process = PartnerProcess.Start("victoria-metrics", [
            $"-storageDataPath={_directory.File("data")}", $"-httpListenAddr=127.0.0.1:{_port}", "-retentionPeriod=100y", "-search.latencyOffset=0s", "-search.disableCache"]);
        await Eventually.PortOpenAsync(_port);
    }

    public Task StopAsync() => _process!.DisposeAsync().AsTask();

    public async Task ImportAsync(string prometheusPage)
    {
        using HttpResponseMessage answer = await _http.PostAsync($"{Url}/api/v1/import/prometheus", new StringContent(prometheusPage));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Raw samples of every series that fits: labels, times in ms and values. Merged by the server: what it took in two parts is one series.</summary>
    public async Task<IReadOnlyList<JsonElement>> ExportAsync(string match)
    {
        string lines = await _http.GetStringAsync($"{Url}/api/v1/export?match[]={Uri.EscapeDataString(match)}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Evaluates an expression.</summary>
    /// <returns>Whether it is right, and what was said.</returns>
    public async Task<(bool IsRight, string Said)> QueryAsync(string expression)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"{Url}/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _directory.Dispose();
    }
}
