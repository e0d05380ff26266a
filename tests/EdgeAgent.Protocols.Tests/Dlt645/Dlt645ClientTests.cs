using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Dlt645.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Protocols.Tests.Dlt645;

/// <summary>The client and simulated meters at the two ends of a serial port.</summary>
public sealed class Dlt645ClientTests : IAsyncLifetime
{
    private const uint Energy = 0x00010000;
    private readonly PseudoTerminal _terminal = PseudoTerminal.Open(TimeProvider.System);
    private readonly SimulatedMeterLine _line;
    private readonly SimulatedMeter _meter = NewMeter("000102030425", Dlt645Version.V2007);
    private readonly Dlt645Client _client;
    private readonly byte[] _data = new byte[512];

    public Dlt645ClientTests()
    {
        _meter.Set(Energy, () => 1206.42);
        _line = new SimulatedMeterLine(_terminal.Line, TimeProvider.System).Add(_meter);
        _client = new Dlt645Client(
            new Dlt645ClientOptions
            {
                Place = new SerialPlace(_terminal.Port, new SerialSettings { BaudRate = 115_200 }),
                ResponseTimeoutMs = 1000,
                SilenceMs = 1,
            },
            TimeProvider.System);
    }

    public async Task InitializeAsync()
    {
        _line.Start();
        await _client.ConnectAsync(default);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _line.DisposeAsync();
        _terminal.Dispose();
    }

    [Fact]
    public async Task An_item_is_read()
    {
        var result = await ReadAsync(_meter, Energy);
        Assert.Equal(new Dlt645Result(ExchangeStatus.Ok, 4), result);
        Assert.Equal("42061200", Convert.ToHexString(_data.AsSpan(0, 4)));
        Assert.True(_client.Busy > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_edition_of_1997_is_spoken_too()
    {
        var old = NewMeter("19970000", Dlt645Version.V1997);
        old.Set(0x9010, () => 77.5);
        _line.Add(old);
        Assert.Equal(new Dlt645Result(ExchangeStatus.Ok, 4), await ReadAsync(old, 0x9010));
        Assert.Equal("50770000", Convert.ToHexString(_data.AsSpan(0, 4)));
    }

    [Theory]
    [InlineData(Dlt645Version.V2007)]
    [InlineData(Dlt645Version.V1997)]
    public async Task What_does_not_fit_in_a_frame_comes_in_parts(Dlt645Version version)
    {
        var item = Enumerable.Range(0, 300).Select(value => (byte)value).ToArray();
        var meter = NewMeter("300", version);
        meter.DataBytesMost = 40;
        meter.Set(Energy & 0xFFFF, () => item);

        // 1997 numbers no parts, so a meter knows only one more of them.
        var length = version == Dlt645Version.V2007 ? 300 : 80;
        meter.Set(Energy & 0xFFFF, () => item[..length]);
        _line.Add(meter);
        Assert.Equal(new Dlt645Result(ExchangeStatus.Ok, length), await ReadAsync(meter, Energy & 0xFFFF));
        Assert.Equal(item[..length], _data[..length]);
    }

    [Fact]
    public async Task A_meter_alone_on_its_line_tells_its_address()
    {
        var (status, address) = await _client.ReadAddressAsync(Dlt645Version.V2007, null, default);
        Assert.Equal(ExchangeStatus.Ok, status);
        Assert.Equal(_meter.Address, address);
    }

    [Theory]
    [InlineData(MeterFault.Silent, ExchangeStatus.Timeout)]
    [InlineData(MeterFault.WrongChecksum, ExchangeStatus.BadFrame)]
    [InlineData(MeterFault.RefusesAll, ExchangeStatus.Refused)]
    [InlineData(MeterFault.AnswersAboutSomethingElse, ExchangeStatus.Timeout)]
    public async Task Whatever_a_meter_does_is_a_status(MeterFault fault, ExchangeStatus status)
    {
        _meter.Fault = fault;
        var result = await ReadAsync(_meter, Energy);
        Assert.Equal(status, result.Status);
        Assert.Equal(fault == MeterFault.RefusesAll, result.HasNoSuchData);
        _meter.Fault = MeterFault.None;
        Assert.Equal(ExchangeStatus.Ok, (await ReadAsync(_meter, Energy)).Status);
    }

    [Fact]
    public async Task Garbage_before_answers_and_other_meters_on_the_line_do_no_harm()
    {
        var others = Enumerable.Range(1, 3).Select(number => NewMeter($"{number}", Dlt645Version.V2007)).ToArray();
        foreach (var (other, number) in others.Select((other, index) => (other, index + 1)))
        {
            other.Set(Energy, () => number);
            _line.Add(other);
        }

        _line.Garbage = new byte[] { 0x68, 0x00, 0xFE, 0x68, 0x16 };
        await Task.WhenAll(Enumerable.Range(0, 9).Select(async i =>
        {
            var data = new byte[16];
            var meter = others[i % 3];
            var result = await _client.ReadAsync(meter.Version, meter.Address, Energy, data, null, default);
            Assert.Equal(ExchangeStatus.Ok, result.Status);
            Assert.True(BcdNumber.TryRead(data.AsSpan(0, 4), false, out var value));
            Assert.Equal((i % 3) + 1, value / 100);
        }));
    }

    [Fact]
    public async Task A_pulled_adapter_is_told_and_another_connect_brings_it_back()
    {
        _client.Disconnect();
        Assert.Equal(ExchangeStatus.Disconnected, (await ReadAsync(_meter, Energy)).Status);
        Assert.False(_client.IsConnected);
        await TestKit.Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await _client.ConnectAsync(default);
                    return true;
                }
                catch (LineOpenException)
                {
                    return false;
                }
            },
            "the port is free again");
        Assert.Equal(ExchangeStatus.Ok, (await ReadAsync(_meter, Energy)).Status);
    }

    private async Task<Dlt645Result> ReadAsync(SimulatedMeter meter, uint identifier) =>
        await _client.ReadAsync(meter.Version, meter.Address, identifier, _data, null, default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private static SimulatedMeter NewMeter(string address, Dlt645Version version) =>
        new(MeterAddress.TryParse(address, out var parsed) ? parsed : throw new ArgumentException(address), version) { ReplyDelay = TimeSpan.FromMilliseconds(2) };
}
