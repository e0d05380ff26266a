using System.Globalization;
using EdgeAgent.Store.Postgres;
using EdgeAgent.TestKit;
using Npgsql;

namespace EdgeAgent.Interop.Tests.Postgres;

/// <summary>A real PostgreSQL as a separate process with its data in a directory of the test; can be stopped, killed and started again.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _port = FreePort.Tcp();
    private PartnerProcess? _process;

    public string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = database,
        Username = "postgres",
        Timeout = 5,
        CommandTimeout = 30,
        Pooling = true,
    }.ConnectionString;

    public PostgresOptions Options(string database) => new(Connection(database)) { RetentionMonths = 0 };

    public async Task StartAsync()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        string data = _directory.File("data");
        if (!Directory.Exists(data))
        {
            Directory.CreateDirectory(data);
            if (IsRoot)
            {
                // The server refuses to run as root; the parent must let its user through.
                await RunAsync("chown", ["-R", "postgres:postgres", _directory.Path]);
            }

            await RunAsync("initdb", ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], asServer: true);
        }

        _process = Launch("postgres", ["-D", data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(_process.HasExited, _process.Output);
                try
                {
                    await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
                    await connection.OpenAsync();
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "PostgreSQL answers");
    }

    public async Task CreateDatabaseAsync(string name) => await ExecuteAsync("postgres", $"CREATE DATABASE \"{name}\"");

    public async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Connection(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>SIGQUIT ends the server and all its children at once without a checkpoint, as a power cut would; recovery follows at the next start.</summary>
    public async Task CrashAsync()
    {
        await RunAsync("kill", ["-QUIT", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await CrashAsync();
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static PartnerProcess Launch(string program, string[] arguments)
    {
        string path = Path.Combine(Partners.PostgresFolder!, program);
        return IsRoot
            ? PartnerProcess.Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments], "/")
            : PartnerProcess.Start(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments, bool asServer = false)
    {
        await using PartnerProcess process = asServer ? Launch(program, arguments) : PartnerProcess.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, process.Output);
    }
}
