using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Protocols.Tests.Modbus.Client;

/// <summary>Requests, timed and answered, cost no garbage: neither in the client nor in the simulated device.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    /// <summary>Other tests' last threads may allocate now and then; what a request allocates would show in every round.</summary>
    private const int RoundsMax = 50;

    private const int WarmRequests = 500;
    private const int MeasuredRequests = 500;

    [Theory]
    [InlineData(ModbusFraming.Mbap, 1)]
    [InlineData(ModbusFraming.Mbap, 16)]
    [InlineData(ModbusFraming.Rtu, 1)]
    [InlineData(ModbusFraming.Ascii, 1)]
    public async Task A_request_allocates_nothing(ModbusFraming framing, int inFlight)
    {
        await using var device = new SimulatedDevice(framing);
        using var cancellation = new CancellationTokenSource();
        var client = await device.ConnectAsync(adjust: o => o with { MaxInFlight = inFlight, CoalesceRequests = inFlight > 1 });
        var fewest = long.MaxValue;
        for (var round = 0; round < RoundsMax && fewest > 0; round++)
        {
            fewest = Math.Min(fewest, await MeasureAsync(client, inFlight, cancellation.Token));
        }

        Assert.Equal(0, fewest);
    }

    /// <summary>What the whole process allocates while all callers are in full swing.</summary>
    private static async Task<long> MeasureAsync(ModbusClient client, int callers, CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource();
        var others = Enumerable.Range(1, callers - 1).Select(_ => ReadUntilAsync(client, end.Token, cancellation)).ToArray();
        var buffer = new byte[250];
        var request = Asking.Registers(0, 125);
        var (wrong, before) = (0, 0L);
        for (var i = 0; i < WarmRequests + MeasuredRequests; i++)
        {
            if (i == WarmRequests)
            {
                before = GC.GetTotalAllocatedBytes(precise: true);
            }

            wrong += (await client.ReadAsync(request, buffer, cancellation)).IsOk ? 0 : 1;
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        await end.CancelAsync();
        await Task.WhenAll(others);
        Assert.Equal(0, wrong);
        return allocated;
    }

    private static async Task ReadUntilAsync(ModbusClient client, CancellationToken end, CancellationToken cancellation)
    {
        var buffer = new byte[250];
        var request = Asking.Registers(0, 125);
        while (!end.IsCancellationRequested)
        {
            Assert.True((await client.ReadAsync(request, buffer, cancellation)).IsOk);
        }
    }
}
