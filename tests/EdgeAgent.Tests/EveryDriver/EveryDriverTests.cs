using EdgeAgent.Collector.Drivers;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>Each driver from its peer to the store, with the right quality, when the peer answers, lies, stalls and vanishes, and good again each time it is back.</summary>
public sealed class EveryDriverTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Every_driver_has_a_row()
    {
        IEnumerable<string> rows = PeerTable.OnNetwork(_directory).Concat(PeerTable.OnSerialLines(_directory)).Select(peer => peer.Driver).Distinct();
        Assert.Equal(DriverRegistry.CreateDefault().Names.Order(), rows.Order());
    }

    [Fact]
    public Task On_the_network() => HoldsAsync(PeerTable.OnNetwork(_directory));

    [PartnerFact("socat")]
    public Task On_serial_lines() => HoldsAsync(PeerTable.OnSerialLines(_directory));

    public void Dispose() => _directory.Dispose();

    private static async Task HoldsAsync(IReadOnlyList<Peer> peers)
    {
        await using var plant = new EveryDriverPlant(peers);
        await plant.RunAsync();
        Assert.True(plant.Failures.Count == 0, string.Join('\n', plant.Failures));
    }
}
