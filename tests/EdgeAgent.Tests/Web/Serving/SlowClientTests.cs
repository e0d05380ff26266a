using System.Net.Sockets;
using System.Text;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web.Api;

namespace EdgeAgent.Tests.Web.Serving;

/// <summary>Clients that hold connections instead of asking: each costs one connection for a while, and nobody else an answer.</summary>
public sealed class SlowClientTests(WholeProgram program) : IClassFixture<WholeProgram>
{
    private const int ConnectionsMax = 1000;

    /// <summary>The limits are ten seconds; a busy machine is given much more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Whoever_begins_and_never_ends_loses_the_connection_while_others_are_answered()
    {
        Task<string>[] slow =
        [
            BeginAsync("GET /api/session HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
            BeginAsync("GET /api/ses"),
            BeginAsync("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{"),
        ];
        Assert.Contains("200", await AskAsync());
        string[] seen = await Task.WhenAll(slow).WaitAsync(Patience);
        Assert.Contains("408", seen[2]);
        Assert.Contains("200", await AskAsync());
    }

    [Fact]
    public async Task A_thousand_connections_are_all_and_one_that_is_given_back_is_free_again()
    {
        List<TcpClient> held = [];
        try
        {
            for (int i = 0; i < ConnectionsMax; i++)
            {
                held.Add(await ConnectAsync());
            }

            // Connections of before may still count while these are opened: then some of these are turned away, and there is room once those are gone.
            await Eventually.TrueAsync(
                async () =>
                {
                    bool isFull = await AskAsync() == "";
                    if (!isFull)
                    {
                        held.Add(await ConnectAsync());
                    }

                    return isFull;
                },
                "one more is not served");
            Assert.InRange(held.Count, ConnectionsMax, ConnectionsMax + 100);
            held[..200].ForEach(c => c.Dispose());
            await Eventually.TrueAsync(async () => (await AskAsync()).Contains("200", StringComparison.Ordinal), "there is room again");
        }
        finally
        {
            held.ForEach(c => c.Dispose());
        }
    }

    /// <summary>Sends the beginning of a request and waits until the program has enough of it.</summary>
    private async Task<string> BeginAsync(string begin)
    {
        using TcpClient client = await ConnectAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begin));
        return await ReadToEndAsync(client);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new();
        await client.ConnectAsync(program.Address.Host, program.Address.Port);
        return client;
    }

    /// <summary>The first line of the answer; empty when the connection was closed without one.</summary>
    private async Task<string> AskAsync()
    {
        using TcpClient client = await ConnectAsync();
        try
        {
            await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
            return (await ReadToEndAsync(client).WaitAsync(Patience)).Split('\r')[0];
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        try
        {
            using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return ""; // It was reset.
        }
    }
}
