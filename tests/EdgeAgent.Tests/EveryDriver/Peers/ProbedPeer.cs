using System.Net;
using System.Net.Sockets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>An address that takes connections, or lets them wait for ever, or refuses them.</summary>
internal sealed class ProbedPeer : Peer
{
    private readonly int _port;
    private readonly List<Socket> _waiting = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public override async Task StartAsync(int brokerPort) => await BecomeAsync(Mood.Answers);

    public override async Task BecomeAsync(Mood mood)
    {
        Settings = """{"timeoutMs":200}""";
        await CloseAsync();
        if (mood == Mood.Vanished)
        {
            return;
        }

        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _listener.Listen(mood == Mood.Stalls ? 0 : 16);
        if (mood == Mood.Stalls)
        {
            // A full queue that nobody works off: the system lets further callers wait.
            for (int i = 0; i < 4; i++)
            {
                var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                try
                {
                    caller.Connect(IPAddress.Loopback, _port);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // It is on its way.
                }

                _waiting.Add(caller);
            }
        }
        else
        {
            _accepting = AcceptAsync(_listener, mood);
        }
    }

    public override async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>The port as the device's settings name it.</summary>
    public static ProbedPeer Create()
    {
        int port = FreePort.Tcp();
        return new ProbedPeer(port)
        {
            Name = "probe", Driver = "probe", Tag = "\"address\":\"online\"", Value = 1, Device = $$"""{"host":"127.0.0.1","port":{{port}}}""",
            OnLies = [Core.Model.Quality.Good], OnStall = [Core.Model.Quality.Uncertain], OnVanish = [Core.Model.Quality.Uncertain],
        };
    }

    private ProbedPeer(int port) => _port = port;

    private static async Task AcceptAsync(Socket listener, Mood mood)
    {
        try
        {
            while (true)
            {
                using Socket caller = await listener.AcceptAsync();
                if (mood == Mood.Lies)
                {
                    await caller.SendAsync("rubbish"u8.ToArray());
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The mood changed.
        }
    }

    private async Task CloseAsync()
    {
        _listener?.Dispose();
        foreach (Socket caller in _waiting)
        {
            caller.Dispose();
        }

        _waiting.Clear();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _accepting = Task.CompletedTask;
    }
}
