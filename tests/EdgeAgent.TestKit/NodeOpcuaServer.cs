using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.TestKit;

/// <summary>
/// tests/partners/opcua_server.mjs: an OPC UA server by node-opcua in its own process. It keeps its port, its certificates and
/// its settings over <see cref="RestartAsync"/>. Settings and commands are described in the script.
/// </summary>
public sealed class NodeOpcuaServer : IAsyncDisposable
{
    private readonly TempDirectory _store = new();
    private readonly JsonObject _settings;
    private readonly HttpClient _control = new();
    private PartnerProcess? _process;
    private int _controlPort;

    private NodeOpcuaServer(string settings)
    {
        Port = FreePort.Tcp();
        _settings = JsonNode.Parse(settings)!.AsObject();
        _settings["port"] = Port;
        _settings["store"] = _store.Path;
    }

    public int Port { get; }

    public string Url => $"opc.tcp://127.0.0.1:{Port}";

    /// <summary>The folder with the server's certificate stores, `server` and `users`.</summary>
    public string Store => _store.Path;

    public PartnerProcess Process => _process ?? throw new InvalidOperationException("The server was not started.");

    /// <param name="settings">A JSON object with what differs from the script's defaults.</param>
    public static async Task<NodeOpcuaServer> StartAsync(string settings = "{}")
    {
        var server = new NodeOpcuaServer(settings);
        await server.StartProcessAsync();
        return server;
    }

    /// <summary>Stops it (SIGKILL unless told to stop in order) and starts it again on the same port, with changed settings if given.</summary>
    public async Task RestartAsync(bool inOrder = false, string changes = "{}")
    {
        if (inOrder)
        {
            await CommandAsync("stop");
            await Process.WaitForExitAsync();
        }
        await Process.DisposeAsync();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
        {
            _settings[name] = value?.DeepClone();
        }
        await StartProcessAsync();
    }

    /// <summary>Has the server do one of the script's commands.</summary>
    public async Task<JsonObject> CommandAsync(string name, string arguments = "{}")
    {
        using var body = new StringContent(arguments);
        using HttpResponseMessage answer = await _control.PostAsync($"http://127.0.0.1:{_controlPort}/{name}", body);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonObject>())!
            : throw new InvalidOperationException($"{name}: {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
        _control.Dispose();
        _store.Dispose();
    }

    private async Task StartProcessAsync()
    {
        string folder = RepositoryRoot.Combine("tests", "partners");
        _process = PartnerProcess.Start("node", ["opcua_server.mjs", _settings.ToJsonString()], folder);
        string ready = await _process.WaitForLineAsync("ready ");
        _controlPort = int.Parse(ready.Split(' ')[2]);
    }
}
