using EdgeAgent.Store;
using EdgeAgent.Web;

namespace EdgeAgent.Tests.Web;

/// <summary>A status that a test sets.</summary>
internal sealed class FixedStatus : IStatusSource
{
    public static StatusView AllInOne { get; } = new(
        "1.2.3",
        "plant",
        new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero),
        60,
        50_000_000,
        Simulated: false,
        new AgentView(
            "gw-01",
            Devices: 2,
            Online: 1,
            new CountsView(100, 80, 15, 5, 10, 0, 85),
            new BufferView(20, 2, 65, 0, 0, 4096, 1.5, null),
            [new PublisherView("hub", Connected: true, InFlight: 2, null)],
            [new SeenDeviceView("sensors", "lora-17", new DateTimeOffset(2026, 5, 1, 8, 0, 1, TimeSpan.Zero), new DateTimeOffset(2026, 5, 1, 8, 0, 31, TimeSpan.Zero), 3, "{\"t\":21}")]),
        new HubView("sqlite", true, 65, 7, 1, 0, 0, 0, 12.5, 300));

    public static DeviceView Press { get; } = new(
        "press-01", "line-1", "A-001", Online: true, Quarantined: false, "live", new CountsView(50, 50, 0, 0, 10, 0, 40),
        new DateTimeOffset(2026, 5, 1, 8, 1, 0, TimeSpan.Zero), 1000, 1000.5, 1.25, 0, null);

    public StatusView Status { get; set; } = AllInOne;

    public ValueTask<bool> IsSimulatedAsync(CancellationToken cancellation) => ValueTask.FromResult(Status.Simulated);

    public IReadOnlyList<DeviceView> Devices { get; set; } = [Press];

    public IReadOnlyList<string> ReasonsNotReady { get; set; } = [];

    public ITimeSeriesStore? Store { get; set; }

    public ValueTask<StatusView> ReadStatusAsync(CancellationToken cancellation) => ValueTask.FromResult(Status);
}
