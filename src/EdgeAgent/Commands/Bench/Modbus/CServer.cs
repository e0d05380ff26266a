namespace EdgeAgent.Commands.Bench.Modbus;

/// <summary>The Modbus server in C that clients are measured against.</summary>
internal sealed class CServer : IAsyncDisposable
{
    private const string Source = "tests/partners/c/modbus_server.c";

    private readonly ChildProcess _process;

    private CServer(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Every register keeps its value.</summary>
    public static Task<CServer> StartAsync(BenchContext context) => StartAsync([], context);

    /// <summary>Every register is another counter, which changes every 10 ms, the same for all units.</summary>
    public static Task<CServer> StartCountersAsync(BenchContext context) => StartAsync(["0", "counters"], context);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<CServer> StartAsync(string[] arguments, BenchContext context)
    {
        string program = await NativeProgram.BuildAsync(Source, context);
        ChildProcess process = ChildProcess.Start(program, arguments);
        string line = await process.WaitForLineAsync(l => l.StartsWith("port ", StringComparison.Ordinal), TimeSpan.FromSeconds(10), context);
        return new CServer(process, int.Parse(line["port ".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
