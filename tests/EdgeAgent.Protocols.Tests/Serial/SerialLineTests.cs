using System.Runtime.InteropServices;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Serial;

/// <summary>A real port of the system: the one end of a pseudo terminal, opened as any port is.</summary>
public sealed class SerialLineTests : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private readonly PseudoTerminal _terminal = PseudoTerminal.Open(TimeProvider.System);
    private readonly SystemLines _lines = new(TimeProvider.System);
    private readonly byte[] _buffer = new byte[256];

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public async Task Bytes_travel_both_ways_unchanged()
    {
        using var line = await OpenAsync();
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await line.SendAsync(all, TimeSpan.Zero, default);
        Assert.Equal(all, await ReadAsync(_terminal.Line, 256));
        await _terminal.Line.SendAsync(all, TimeSpan.Zero, default);
        Assert.Equal(all, await ReadAsync(line, 256));
    }

    [Fact]
    public async Task A_receive_ends_without_bytes_when_its_time_is_over()
    {
        using var line = await OpenAsync();
        var before = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await line.ReceiveAsync(_buffer, TimeSpan.FromMilliseconds(30), default).AsTask().WaitAsync(Hang));
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task The_time_of_a_receive_counts_from_the_last_bit_sent()
    {
        using var line = await OpenAsync(new SerialSettings { BaudRate = 1200 });
        var before = TimeProvider.System.GetTimestamp();
        await line.SendAsync(new byte[12], TimeSpan.Zero, default);
        Assert.Equal(0, await line.ReceiveAsync(_buffer, TimeSpan.FromMilliseconds(20), default).AsTask().WaitAsync(Hang));

        // 12 characters of 10 bits at 1200 baud take 100 ms.
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(120));
    }

    [Fact]
    public async Task A_send_waits_for_silence()
    {
        using var line = await OpenAsync(new SerialSettings { BaudRate = 1200 });
        await line.SendAsync(new byte[6], TimeSpan.Zero, default);
        var before = TimeProvider.System.GetTimestamp();
        await line.SendAsync(new byte[1], TimeSpan.FromMilliseconds(30), default);

        // 6 characters take 50 ms, then 30 ms of silence; a little less, since the clock was read after the first send.
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(70));
    }

    [Fact]
    public async Task Calls_can_be_cancelled_and_the_line_goes_on()
    {
        using var line = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var receive = line.ReceiveAsync(_buffer, Timeout.InfiniteTimeSpan, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive.WaitAsync(Hang));
        var send = line.SendAsync(new byte[1], TimeSpan.FromMinutes(1), cancel.Token).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.WaitAsync(Hang));

        await _terminal.Line.SendAsync(new byte[] { 7 }, TimeSpan.Zero, default);
        Assert.Equal([7], await ReadAsync(line, 1));
    }

    [Fact]
    public async Task Closing_ends_what_waits_and_what_comes_after()
    {
        using var line = await OpenAsync();
        var receive = line.ReceiveAsync(_buffer, Timeout.InfiniteTimeSpan, default).AsTask();
        line.Close();
        await Assert.ThrowsAsync<LineBrokenException>(() => receive.WaitAsync(Hang));
        await Assert.ThrowsAsync<LineBrokenException>(async () => await line.SendAsync(new byte[1], TimeSpan.Zero, default));
        Assert.False(line.IsOpen);
    }

    [Fact]
    public async Task An_adapter_that_is_pulled_ends_the_line()
    {
        using var line = await OpenAsync();
        var receive = line.ReceiveAsync(_buffer, Timeout.InfiniteTimeSpan, default).AsTask();
        _terminal.Dispose();
        var broken = await Assert.ThrowsAsync<LineBrokenException>(() => receive.WaitAsync(Hang));
        Assert.Contains("adapter is gone", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_has_one_owner_and_can_be_opened_again_after_it()
    {
        var first = await OpenAsync();
        var problem = await Assert.ThrowsAsync<LineOpenException>(() => OpenAsync());
        Assert.Contains("in use by this program itself", problem.Message, StringComparison.Ordinal);

        first.Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    using var again = await OpenAsync();
                    return again.IsOpen;
                }
                catch (LineOpenException)
                {
                    return false;
                }
            },
            "the port can be opened again");
    }

    /// <summary>What follows an await runs on the line's own thread, which would otherwise still hold the port.</summary>
    [Fact]
    public async Task A_port_is_free_as_soon_as_it_is_closed()
    {
        for (var i = 0; i < 5; i++)
        {
            using var line = await OpenAsync();
            await CloseFromItsThreadAsync(line);
        }
    }

    [Fact]
    public async Task A_missing_port_is_told_with_those_that_exist()
    {
        var problem = await Assert.ThrowsAsync<LineOpenException>(() => OpenAsync(port: "/dev/ttyUSB99"));
        Assert.Contains("there is no serial port /dev/ttyUSB99", problem.Message, StringComparison.Ordinal);
        Assert.Contains("port", problem.Message[30..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_serial_port_is_told()
    {
        var problem = await Assert.ThrowsAsync<LineOpenException>(() => OpenAsync(port: "/dev/null"));
        Assert.Contains("/dev/null is not a serial port", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Direction_of_RS_485_is_refused_where_the_driver_has_none()
    {
        var problem = await Assert.ThrowsAsync<LineOpenException>(() => OpenAsync(new SerialSettings { Rs485 = new Rs485Settings() }));
        Assert.Contains("leave rs485 out", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Settings outlive the program that made them, as long as someone holds the port.</summary>
    [PartnerTheory("stty")]
    [InlineData(300)]
    [InlineData(9600)]
    [InlineData(115_200)]
    [InlineData(250_000)]
    [InlineData(921_600)]
    public async Task Settings_reach_the_port(int baudRate)
    {
        var line = await OpenAsync(new SerialSettings { BaudRate = baudRate, StopBits = 2 });
        var receive = line.ReceiveAsync(_buffer, Timeout.InfiniteTimeSpan, default).AsTask();
        line.Dispose();
        await Assert.ThrowsAsync<LineBrokenException>(() => receive.WaitAsync(Hang));
        await using var stty = PartnerProcess.Start("stty", ["-a", "-F", _terminal.Port]);
        await stty.WaitForExitAsync();
        Assert.Equal((uint)baudRate, SpeedOf(_terminal.Port));

        Assert.Matches("(?<!-)cstopb", stty.Output);
        Assert.Contains("-icanon", stty.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernels_structures_have_their_sizes()
    {
        Assert.Equal(44, Marshal.SizeOf<Termios2>());
        Assert.Equal(8, Marshal.SizeOf<LinuxCalls.Polled>());
        Assert.Equal(16, Marshal.SizeOf<LinuxCalls.TimeSpec>());
    }

    [Theory]
    [InlineData(SerialParity.None, 8, 1, 0x18B0u, "9600 8N1")]
    [InlineData(SerialParity.Even, 8, 1, 0x19B0u, "9600 8E1")]
    [InlineData(SerialParity.Odd, 7, 2, 0x1BE0u, "9600 7O2")]
    [InlineData(SerialParity.Mark, 5, 1, 0x4000_1B80u, "9600 5M1")]
    [InlineData(SerialParity.Space, 6, 1, 0x4000_1990u, "9600 6S1")]
    public void Settings_become_the_kernels_flags(SerialParity parity, int dataBits, int stopBits, uint flags, string text)
    {
        var settings = new SerialSettings { Parity = parity, DataBits = dataBits, StopBits = stopBits };
        var raw = Termios2.Raw(settings);
        Assert.Equal(flags | 0x1000_0000u, raw.ControlFlags);
        Assert.Equal(9600u, raw.OutputSpeed);
        Assert.Equal(text, settings.ToString());
        Assert.True(raw.HasFormatOf(Termios2.Raw(settings)));
        Assert.False(raw.HasFormatOf(Termios2.Raw(settings with { StopBits = 3 - stopBits })));
    }

    private async Task<ILine> OpenAsync(SerialSettings? settings = null, string? port = null) =>
        await _lines.OpenAsync(new SerialPlace(port ?? _terminal.Port, settings ?? new SerialSettings()), default);

    private async Task CloseFromItsThreadAsync(ILine line)
    {
        await line.ReceiveAsync(_buffer, TimeSpan.FromMilliseconds(1), default).ConfigureAwait(false);
        line.Close();
    }

    private static unsafe uint SpeedOf(string port)
    {
        using var handle = LinuxCalls.Open(port, LinuxCalls.ReadWrite | LinuxCalls.NoControllingTerminal);
        Termios2 found;
        Assert.Equal(0, LinuxCalls.Control(handle, LinuxCalls.GetTermios, &found));
        return found.OutputSpeed;
    }

    private static async Task<byte[]> ReadAsync(ILine line, int bytes)
    {
        var read = new byte[bytes];
        for (var count = 0; count < bytes;)
        {
            count += await line.ReceiveAsync(read.AsMemory(count), Timeout.InfiniteTimeSpan, default).AsTask().WaitAsync(Hang);
        }

        return read;
    }
}
