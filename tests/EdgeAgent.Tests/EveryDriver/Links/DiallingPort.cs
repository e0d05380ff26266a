using System.Net.Sockets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Links;

/// <summary>A TCP port on which the agent listens, and the device dials in, again and again.</summary>
internal sealed class DiallingPort : Link
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly int _port = FreePort.Tcp();

    public override string Settings => $"\"bind\":\"127.0.0.1\",\"port\":{_port}";

    protected override Task OpenAsync() => Task.CompletedTask;

    protected override async Task ServeAsync(CancellationToken gone)
    {
        while (!gone.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync("127.0.0.1", _port, gone);
                await ConverseAsync((buffer, stop) => socket.ReceiveAsync(buffer, stop), async (bytes, stop) => await socket.SendAsync(bytes, stop), gone);
            }
            catch (SocketException)
            {
                // The agent does not listen yet.
            }

            await Task.Delay(Again, gone);
        }
    }

    protected override Task CloseAsync() => Task.CompletedTask;
}
