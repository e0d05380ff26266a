using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>A checked line of meters, ready to be opened.</summary>
/// <param name="Tags">Of all meters, by number within the endpoint.</param>
internal sealed record Dlt645EndpointPlan(
    Dlt645EndpointSettings Settings, LinePlace Place, IReadOnlyList<Meter> Meters, Dlt645Tag[] Tags, IReadOnlyList<DevicePlan> Devices)
    : IPolledEndpointPlan, ILinePlan
{
    /// <summary>The standard allows 20 to 500 ms (5.3.3); 50 ms is what meters usually take.</summary>
    private static readonly TimeSpan ReplyDelay = TimeSpan.FromMilliseconds(50);

    public SerialPlace? Port => Place as SerialPlace;

    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        var options = new Dlt645ClientOptions
        {
            Place = Place,
            ResponseTimeoutMs = Settings.ResponseTimeoutMs,
            GapMs = Settings.GapMs,
            SilenceMs = Settings.PauseMs,
            Lines = services.Lines,
        };

        // A line has one owner: the former endpoint lets go of the port before this one takes it, so nothing is handed over.
        MeterLineEndpoint.Release(previous);
        var client = new Dlt645Client(options, services.Time);
        return new MeterLineEndpoint(client, [.. services.Groups.Select(group => new MeterReader(
            client, Meters[group.Device], group.TagIds.Select(id => Tags[id]), services.Time))], new MeterIdentityReader(client, Meters),
            [.. Meters.Select(AddressOf)], new FrameMemory(Meters.Count, services.Time, meaning: MeterFrameMeanings.Of));
    }

    public TimeSpan TimeOf(ScanGroup group)
    {
        if (Place is not SerialPlace { Settings: var settings })
        {
            return TimeSpan.Zero;
        }

        int identifierBytes = DataIdentifiers.Bytes(Meters[group.Device].Version);
        TimeSpan time = TimeSpan.Zero;
        foreach (IGrouping<uint, Dlt645Tag> item in group.TagIds.Select(id => Tags[id]).GroupBy(tag => tag.Identifier))
        {
            int dataBytes = item.Max(tag => tag.Offset + tag.Format.Bytes);
            int frames = (2 * (Dlt645Frame.PreambleBytes + Dlt645Frame.OverheadBytes + identifierBytes)) + dataBytes;
            time += settings.TimeOf(frames) + ReplyDelay + TimeSpan.FromMilliseconds(Settings.PauseMs);
        }

        return time;
    }

    private static byte[] AddressOf(Meter meter)
    {
        byte[] address = new byte[MeterAddress.Bytes];
        meter.Address.Write(address);
        return address;
    }
}
