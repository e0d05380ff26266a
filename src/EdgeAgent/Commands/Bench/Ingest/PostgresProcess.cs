using System.Globalization;
using Npgsql;

namespace EdgeAgent.Commands.Bench.Ingest;

/// <summary>A PostgreSQL of its own, on the loopback, with its data in the scenario's directory.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private PostgresProcess(ChildProcess process, string connectionString) => (_process, ConnectionString) = (process, connectionString);

    public int ProcessId => _process.Id;

    public string ConnectionString { get; }

    /// <summary>CPU time of the server and all its backends so far.</summary>
    public TimeSpan Cpu() => CpuTime.OfProcess(_process.Id) + File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(TimeSpan.Zero, (sum, child) => sum + CpuTime.OfProcess(int.Parse(child, CultureInfo.InvariantCulture)));

    public static async Task<PostgresProcess> StartAsync(BenchContext context)
    {
        string folder = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).LastOrDefault() ?? ""
            : "";
        string data = Path.Combine(context.Directory, "postgres");
        Directory.CreateDirectory(data);
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            await RunAsync(context, "chown", ["-R", "postgres", context.Directory]);
        }

        await RunAsync(context, Program(folder, "initdb"), [.. Arguments(folder, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        int port = LoopbackPort.Free();
        ChildProcess process = ChildProcess.Start(Program(folder, "postgres"), [.. Arguments(folder, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_wal_size=4GB"]);
        await LoopbackPort.WaitOpenAsync(port, TimeSpan.FromSeconds(20), context);
        string connection = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = "postgres", Username = "postgres" }.ConnectionString;
        await WaitReadyAsync(connection, context);
        return new PostgresProcess(process, connection);
    }

    /// <summary>Ends the server with all its backends; a kill would leave them.</summary>
    public async ValueTask DisposeAsync()
    {
        using var quit = System.Diagnostics.Process.Start("kill", ["-QUIT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await quit.WaitForExitAsync();
        await _process.DisposeAsync();
    }

    private static string Program(string folder, string name) => Environment.UserName == "root" ? "setpriv" : Path.Combine(folder, name);

    private static string[] Arguments(string folder, string name) =>
        Environment.UserName == "root" ? ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(folder, name)] : [];

    private static async Task RunAsync(BenchContext context, string program, string[] arguments)
    {
        await using ChildProcess process = ChildProcess.Start(program, arguments);
        if (await process.WaitForExitAsync(TimeSpan.FromSeconds(60), context) != 0)
        {
            throw CommandFailure.Failed($"{program} {string.Join(' ', arguments)} failed:\n{process.Output()}");
        }
    }

    private static async Task WaitReadyAsync(string connectionString, BenchContext context)
    {
        long start = context.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
                await connection.OpenAsync(context.Cancellation);
                return;
            }
            catch (NpgsqlException) when (context.Time.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
            {
                await context.Wait(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
