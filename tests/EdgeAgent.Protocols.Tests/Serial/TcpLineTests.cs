using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Tests.Serial;

/// <summary>A line at the other end of a connection keeps the same promises as a port.</summary>
public sealed class TcpLineTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly byte[] _buffer = new byte[64];

    private readonly int _port;

    public TcpLineTests()
    {
        _server.Start();
        _port = ((IPEndPoint)_server.LocalEndpoint).Port;
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Bytes_travel_and_silence_is_no_error()
    {
        using var line = await OpenAsync();
        using var peer = await _server.AcceptSocketAsync().WaitAsync(Hang);
        await line.SendAsync(new byte[] { 1, 2, 3 }, TimeSpan.Zero, default);
        Assert.Equal(3, await peer.ReceiveAsync(_buffer).WaitAsync(Hang));
        Assert.Equal(0, await line.ReceiveAsync(_buffer, TimeSpan.FromMilliseconds(20), default));
        await peer.SendAsync(new byte[] { 9 });
        Assert.Equal(1, await line.ReceiveAsync(_buffer, Hang, default));
        Assert.Equal(9, _buffer[0]);
    }

    [Fact]
    public async Task A_connection_that_ends_breaks_the_line()
    {
        using var line = await OpenAsync();
        (await _server.AcceptSocketAsync().WaitAsync(Hang)).Dispose();
        await Assert.ThrowsAsync<LineBrokenException>(async () => await line.ReceiveAsync(_buffer, Hang, default));
        Assert.False(line.IsOpen);
    }

    [Fact]
    public async Task A_refused_connection_names_the_place()
    {
        _server.Stop();
        var problem = await Assert.ThrowsAsync<LineOpenException>(() => OpenAsync());
        Assert.Contains("127.0.0.1:", problem.Message, StringComparison.Ordinal);
    }

    private async Task<ILine> OpenAsync() =>
        await new SystemLines(TimeProvider.System).OpenAsync(new TcpPlace("127.0.0.1", _port), default);
}
