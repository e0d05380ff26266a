using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Cjt188.Server;
using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Protocols.Tests.Cjt188;

/// <summary>The client and a simulated meter at the two ends of a serial port.</summary>
public sealed class Cjt188ClientTests
{
    private readonly byte[] _data = new byte[100];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Data_are_read_in_the_orders_of_the_maker(bool addressHighestFirst, bool identifierHighestFirst) =>
        await RunAsync(NewMeter(addressHighestFirst, identifierHighestFirst), async (client, simulated, meter) =>
        {
            simulated.Data = [1, 2, 3];
            Assert.Equal(new Cjt188Result(ExchangeStatus.Ok, 3), await ReadAsync(client, meter));
            Assert.Equal([1, 2, 3], _data[..3]);
        });

    [Fact]
    public async Task Whatever_a_meter_does_is_a_status() => await RunAsync(NewMeter(), async (client, simulated, meter) =>
    {
        Assert.Equal(ExchangeStatus.Refused, (await ReadAsync(client, meter)).Status);
        simulated.Data = [1];
        simulated.HasWrongChecksum = true;
        Assert.Equal(ExchangeStatus.BadFrame, (await ReadAsync(client, meter)).Status);
        simulated.HasWrongChecksum = false;
        simulated.IsLate = true;
        Assert.Equal(ExchangeStatus.Timeout, (await ReadAsync(client, meter)).Status);
        simulated.IsLate = false;
        simulated.Data = null;
        Assert.Equal(ExchangeStatus.Timeout, (await ReadAsync(client, meter)).Status);
        simulated.Data = [1];
        Assert.Equal(ExchangeStatus.Ok, (await ReadAsync(client, meter)).Status);
    });

    private async Task<Cjt188Result> ReadAsync(Cjt188Client client, Cjt188Meter meter) =>
        await client.ReadAsync(meter, Cjt188Client.MeasuredData, _data, null, default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private static Cjt188Meter NewMeter(bool addressHighestFirst = false, bool identifierHighestFirst = false) =>
        new(0x10, Cjt188Address.TryParse("78330011223344", out var address) ? address : default, addressHighestFirst, identifierHighestFirst);

    private static async Task RunAsync(Cjt188Meter meter, Func<Cjt188Client, SimulatedCjt188Meter, Cjt188Meter, Task> test)
    {
        using var terminal = PseudoTerminal.Open(TimeProvider.System);
        await using var simulated = new SimulatedCjt188Meter(meter, terminal.Line, TimeProvider.System) { ReplyDelay = TimeSpan.FromMilliseconds(2) };
        simulated.Start();
        using var client = new Cjt188Client(
            new Cjt188ClientOptions
            {
                Place = new SerialPlace(terminal.Port, new SerialSettings { BaudRate = 115_200 }),
                ResponseTimeoutMs = 1000,
                SilenceMs = 1,
            },
            TimeProvider.System);
        await client.ConnectAsync(default);
        await test(client, simulated, meter);
    }
}
