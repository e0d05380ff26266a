using System.Net;
using System.Net.Sockets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Links;

/// <summary>A TCP port on which the device listens.</summary>
internal sealed class ServedPort : Link
{
    private readonly int _port = FreePort.Tcp();
    private TcpListener _listener = null!;

    public string Url => $"http://127.0.0.1:{_port}";

    public override string Settings => $"\"host\":\"127.0.0.1\",\"port\":{_port}";

    protected override Task OpenAsync()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        return Task.CompletedTask;
    }

    protected override async Task ServeAsync(CancellationToken gone)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                Socket caller = await _listener.AcceptSocketAsync(gone);
                talks.Add(TalkAsync(caller, gone));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It vanishes.
        }

        await Task.WhenAll(talks);
    }

    protected override Task CloseAsync()
    {
        _listener.Dispose();
        return Task.CompletedTask;
    }

    private async Task TalkAsync(Socket caller, CancellationToken gone)
    {
        using (caller)
        {
            await ConverseAsync((buffer, stop) => caller.ReceiveAsync(buffer, stop), async (bytes, stop) => await caller.SendAsync(bytes, stop), gone);
        }
    }
}
