namespace EdgeAgent.Commands.Bench.Modbus;

/// <summary>The Modbus server in C that clients are measured against.</summary>
internal sealed class CServer : IAsyncDisposable
{
    private const string Source = "tests/partners/c/modbus_server.c";

    private readonly ChildProcess _process;

    private CServer(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<CServer> StartAsync(BenchContext context)
    {
        string program = await NativeProgram.BuildAsync(Source, context);
        ChildProcess process = ChildProcess.Start(program, []);
        string line = await process.WaitForLineAsync(l => l.StartsWith("port ", StringComparison.Ordinal), TimeSpan.FromSeconds(10), context);
        return new CServer(process, int.Parse(line["port ".Length..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
