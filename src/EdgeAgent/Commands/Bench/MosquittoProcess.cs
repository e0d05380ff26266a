namespace EdgeAgent.Commands.Bench;

/// <summary>A Mosquitto broker on a port of its own, without persistence, open to the loopback only.</summary>
internal sealed class MosquittoProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private MosquittoProcess(ChildProcess process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    public static async Task<MosquittoProcess> StartAsync(BenchContext context)
    {
        int port = LoopbackPort.Free();
        string configuration = Path.Combine(context.Directory, $"mosquitto-{port}.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence false
            max_queued_messages 0
            max_inflight_messages 0
            set_tcp_nodelay true
            log_dest stderr
            log_type error
            log_type warning
            """,
            context.Cancellation);
        // Debian keeps it in /usr/sbin, which the PATH of an ordinary user may lack.
        string program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        ChildProcess process = ChildProcess.Start(program, ["-c", configuration]);
        await LoopbackPort.WaitOpenAsync(port, TimeSpan.FromSeconds(10), context);
        return new MosquittoProcess(process, port);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
