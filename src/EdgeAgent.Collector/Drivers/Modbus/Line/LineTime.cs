using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>Reckons how long scans take a serial line.</summary>
internal static class LineTime
{
    /// <summary>What devices take from a request to their answer: 5 to 20 ms is usual, and nothing better is known before they are asked.</summary>
    private static readonly TimeSpan ReplyDelay = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Of(ModbusEndpointPlan plan, ScanGroup group)
    {
        if (plan.Client.Transport is not ModbusSerialTransport { Place.Settings: var settings, Framing: var framing })
        {
            return TimeSpan.Zero;
        }

        ModbusTag[] tags = BlockPlanner.Sort(group.TagIds.Select(id => plan.Tags[id]));
        var blocks = new List<ReadBlock>();
        BlockPlanner.Plan(tags, plan.UnitSettings[group.Device], new AddressFacts(), blocks);
        TimeSpan silence = framing == ModbusFraming.Rtu ? RtuTiming.FrameSilence(settings) : TimeSpan.Zero;
        TimeSpan pause = TimeSpan.FromMilliseconds(plan.Settings.PauseMs);
        TimeSpan time = TimeSpan.Zero;
        foreach (ReadBlock block in blocks)
        {
            ModbusReadRequest request = block.ToRequest((byte)plan.UnitSettings[group.Device].UnitId);
            time += settings.TimeOf(ModbusFrameLengths.Request(framing) + ModbusFrameLengths.Answer(framing, request)) + silence + ReplyDelay + pause;
        }

        return time;
    }
}
