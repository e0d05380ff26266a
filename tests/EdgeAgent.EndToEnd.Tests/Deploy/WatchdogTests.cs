using System.Net.Sockets;
using System.Text;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>The built program as a service of type notify, with the test in the place of systemd.</summary>
public sealed class WatchdogTests
{
    [Fact]
    public async Task The_program_says_that_it_is_ready_that_it_is_alive_and_that_it_stops()
    {
        using var directory = new TempDirectory();
        string config = directory.File("agent.json");
        await File.WriteAllTextAsync(config, """
            { "site": "s", "broker": { "listen": "127.0.0.1:0" }, "hub": { "dataDirectory": "hub", "store": { "path": "hub/store" } },
              "agent": { "id": "gw", "dataDirectory": "agent", "publishers": [ { "name": "hub", "brokers": ["mqtt://127.0.0.1:1"] } ] } }
            """);
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(directory.File("notify")));
        await using PartnerProcess program = PartnerProcess.Start(BuiltProgram.Path, ["run", "--config", config], environment: new Dictionary<string, string>
        {
            ["NOTIFY_SOCKET"] = directory.File("notify"),
            ["WATCHDOG_USEC"] = "3000000",
        });

        Assert.Equal("READY=1", await ReceiveAsync(systemd));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("WATCHDOG=1", await ReceiveAsync(systemd));
        }

        program.Terminate();
        string last;
        while ((last = await ReceiveAsync(systemd)) == "WATCHDOG=1")
        {
            // One may be on its way.
        }

        Assert.Equal("STOPPING=1", last);
        await program.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, program.ExitCode);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[256];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}
