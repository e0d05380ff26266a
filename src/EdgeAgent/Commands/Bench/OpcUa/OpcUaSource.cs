using System.Globalization;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>A server with counters that change at an interval, in a process of its own: what our client is measured against.</summary>
internal sealed class OpcUaSource : IAsyncDisposable
{
    private const string CSource = "tests/partners/c/opcua_server.c";
    private const string NodeSource = "tests/partners/opcua_server.mjs";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;
    private readonly Func<int, NodeId> _variable;

    private OpcUaSource(string name, ChildProcess process, int port, Func<int, NodeId> variable)
    {
        Name = name;
        _process = process;
        _variable = variable;
        Port = port;
    }

    public string Name { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public OpcUaAddress Address => new($"opc.tcp://127.0.0.1:{Port}", "127.0.0.1", Port);

    /// <summary>The node id of one of the variables.</summary>
    public NodeId Variable(int index) => _variable(index);

    /// <summary>A server in C that costs little and loses nothing, without security.</summary>
    public static async Task<OpcUaSource> StartCAsync(int variables, int intervalMs, BenchContext context)
    {
        const uint First = 1000; // The number of its first variable.
        string program = await NativeProgram.BuildAsync(CSource, context);
        ChildProcess process = ChildProcess.Start(program, ["0", $"{variables}", $"{intervalMs}"]);
        string line = await process.WaitForLineAsync(l => l.StartsWith("port ", StringComparison.Ordinal), StartLimit, context);
        return new OpcUaSource("server in C", process, PortIn(line), index => new NodeId(1, First + (uint)index));
    }

    /// <summary>npm's node-opcua, at the rate that it can.</summary>
    public static async Task<OpcUaSource> StartNodeAsync(int variables, int intervalMs, BenchContext context)
    {
        string settings = $$"""{"store":"{{context.Directory}}/pki","counters":{{variables}},"changeIntervalMs":{{intervalMs}},"port":{{LoopbackPort.Free()}}}""";
        ChildProcess process = ChildProcess.Start("node", [NativeProgram.RepositoryFile(NodeSource), settings]);
        string line = await process.WaitForLineAsync(l => l.StartsWith("ready ", StringComparison.Ordinal), StartLimit, context);
        return new OpcUaSource("node-opcua", process, PortIn(line), index => new NodeId(2, $"Counter.{index}"));
    }

    /// <summary>Our own simulator, which has security.</summary>
    public static async Task<OpcUaSource> StartSimulatorAsync(int variables, int intervalMs, BenchContext context)
    {
        int port = LoopbackPort.Free();
        string file = Path.Combine(context.Directory, $"simulation-{port}.json");
        await File.WriteAllTextAsync(
            file,
            $$"""{ "opcUa": [ { "name": "bench", "listen": "127.0.0.1:{{port}}", "counters": {{variables}}, "counterIntervalMs": {{intervalMs}} } ] }""",
            context.Cancellation);
        ChildProcess process = AgentProcess.Start("simulate", file);
        await process.WaitForLineAsync(l => l.StartsWith("Serving", StringComparison.Ordinal), StartLimit, context);
        return new OpcUaSource("our simulator", process, port, index => new NodeId(2, $"Counter.{index}"));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static int PortIn(string line) => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
}
