using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Tests.Agent;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Lines;

/// <summary>A meter that answers at once, so that what a scan allocates is seen on one thread.</summary>
public sealed class MeterAllocationTests
{
    [Fact]
    public async Task A_scan_in_which_all_goes_well_allocates_nothing()
    {
        Assert.True(DriverRegistry.CreateDefault().TryGet("dlt645", out IDriverFactory? factory));
        var errors = new ConfigErrors();
        var config = new EndpointConfig
        {
            Name = "meters",
            Driver = "dlt645",
            Settings = AgentFixture.Json("""{"serial":{"port":"/dev/model"}}"""),
            Devices =
            [
                new DeviceConfig
                {
                    Name = "m", Settings = AgentFixture.Json("""{"address":"000102030425"}"""),
                    Tags = [new TagConfig { Name = "energy", Address = "00010000" }, new TagConfig { Name = "raw", Address = "00010000/4b" }],
                },
            ],
        };
        var plan = (IPolledEndpointPlan)factory.Compile(config, ConfigPath.Root, errors)!;
        Assert.Empty(errors);
        var services = new EndpointServices([new ScanGroup(0, 0, 1000, [0, 1])], TimeProvider.System, NullLoggerFactory.Instance) { Lines = new AnsweringLine() };
        await using IPolledEndpoint endpoint = plan.Open(services, null);
        await endpoint.ConnectAsync(CancellationToken.None);
        var batch = new ReadingBatch();
        for (int i = 0; i < 100; i++)
        {
            Scan(endpoint, batch);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            Scan(endpoint, batch);
        }

#if DEBUG
        // An unoptimized build makes a class of each async method's state: so many a scan, not a reading.
        const int allowedPerScan = 2048;
#else
        const int allowedPerScan = 0;
#endif
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500 * allowedPerScan);
        Assert.Equal(1206.42, batch.Readings[0].ToDouble());
    }

    private static void Scan(IPolledEndpoint endpoint, ReadingBatch batch)
    {
        batch.Clear();
        ValueTask<ScanOutcome> scan = endpoint.ScanAsync(new ScanRequest(0, 0), batch, CancellationToken.None);
        // Not by Assert.Equal, which allocates itself.
        Assert.True(scan.IsCompletedSuccessfully);
        Assert.True(scan.Result.Answer == ScanAnswer.Answered);
    }

    /// <summary>Gives the published answer to any question.</summary>
    private sealed class AnsweringLine : ILine, ILineOpener
    {
        private static readonly byte[] Answer = Convert.FromHexString("68250403020100689108333334337539" + "45338B16");

        public string Name => "model";

        public bool IsOpen => true;

        public ValueTask<ILine> OpenAsync(LinePlace place, CancellationToken cancellation) => ValueTask.FromResult<ILine>(this);

        public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation)
        {
            Assert.True(bytes.Length > Dlt645Frame.OverheadBytes);
            return ValueTask.FromResult(bytes.Length);
        }

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation)
        {
            Answer.CopyTo(buffer);
            return ValueTask.FromResult(Answer.Length);
        }

        public void DiscardInput()
        {
        }

        public void Close()
        {
        }

        public void Dispose()
        {
        }
    }
}
