using System.Globalization;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.S7;

/// <summary>tests/partners/s7_server.mjs: a controller by snap7 in its own process, which keeps its port over restarts.</summary>
public sealed class Snap7Server(int? pduBytes = null) : IAsyncDisposable
{
    private readonly HttpClient _control = new();
    private readonly int _controlPort = FreePort.Tcp();
    private PartnerProcess? _process;

    public int Port { get; } = FreePort.Tcp();

    public PartnerProcess Process => _process!;

    public async Task<Snap7Server> StartAsync()
    {
        string[] arguments = [RepositoryRoot.Combine("tests", "partners", "s7_server.mjs"), Number(Port), Number(_controlPort), .. pduBytes is { } bytes ? (string[])[Number(bytes)] : []];
        _process = PartnerProcess.Start("node", arguments);
        await _process.WaitForLineAsync("ready");
        return this;
    }

    public async Task SetAsync(string area, int block, int start, params byte[] bytes) =>
        (await _control.GetAsync(new Uri($"http://127.0.0.1:{_controlPort}/set/{area}/{block}/{start}/{Convert.ToHexString(bytes)}"))).EnsureSuccessStatusCode();

    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        await Process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
