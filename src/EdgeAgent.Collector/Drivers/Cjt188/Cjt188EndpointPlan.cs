using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>A checked line of meters, ready to be opened.</summary>
/// <param name="Tags">Of all meters, by number within the endpoint.</param>
internal sealed record Cjt188EndpointPlan(
    Cjt188EndpointSettings Settings,
    LinePlace Place,
    IReadOnlyList<(Cjt188Meter Meter, int RepeatsMax)> Meters,
    Cjt188Tag[] Tags,
    IReadOnlyList<DevicePlan> Devices) : IPolledEndpointPlan, ILinePlan
{
    /// <summary>Battery meters take a while; what they usually do.</summary>
    private static readonly TimeSpan ReplyDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Identifier and serial number.</summary>
    private const int HeadBytes = 3;

    public SerialPlace? Port => Place as SerialPlace;

    public IPolledEndpoint Open(EndpointServices services, IPolledEndpoint? previous)
    {
        // A line has one owner: the former endpoint lets go of the port before this one takes it.
        MeterLineEndpoint.Release(previous);
        var client = new Cjt188Client(
            new Cjt188ClientOptions
            {
                Place = Place,
                ResponseTimeoutMs = Settings.ResponseTimeoutMs,
                GapMs = Settings.GapMs,
                SilenceMs = Settings.PauseMs,
                Lines = services.Lines,
            },
            services.Time);
        return new MeterLineEndpoint(client, [.. services.Groups.Select(group => new MeterReader(
            client, Meters[group.Device].Meter, Meters[group.Device].RepeatsMax, [.. group.TagIds.Select(id => Tags[id])], services.Time))], new Cjt188IdentityReader(client, Meters),
            [.. Meters.Select(meter => AddressOf(meter.Meter))], new FrameMemory(Meters.Count, services.Time, meaning: MeterFrameMeanings.Of));
    }

    /// <summary>One request reads everything that a meter has.</summary>
    public TimeSpan TimeOf(ScanGroup group)
    {
        if (Place is not SerialPlace { Settings: var settings })
        {
            return TimeSpan.Zero;
        }

        MeterField last = MeterField.Of(Meters[group.Device].Meter.Type)[^1];
        int frames = (2 * (Cjt188Frame.PreambleBytes + Cjt188Frame.OverheadBytes + HeadBytes)) + last.Offset + last.Bytes;
        return settings.TimeOf(frames) + ReplyDelay + TimeSpan.FromMilliseconds(Settings.PauseMs);
    }

    /// <summary>With the type before it, because meters of two types may have the same number.</summary>
    private static byte[] AddressOf(Cjt188Meter meter)
    {
        byte[] address = new byte[1 + Cjt188Address.Bytes];
        address[0] = meter.Type;
        meter.Address.Write(address.AsSpan(1), meter.AddressHighestFirst);
        return address;
    }
}
