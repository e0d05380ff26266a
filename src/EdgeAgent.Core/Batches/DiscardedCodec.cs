using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads what a buffer gave up (message <c>DiscardedRange</c>).</summary>
internal static class DiscardedCodec
{
    public static void Write(DiscardedRange range, int field, ByteSink message, ByteSink scratch, ByteSink into)
    {
        message.Clear();
        message.WriteVarintField(1, (ulong)range.FirstSequence);
        message.WriteVarintField(2, (ulong)range.LastSequence);
        message.WriteTextField(3, range.Reason);
        message.WriteVarintField(4, (ulong)range.Readings);
        message.WriteVarintField(5, (ulong)range.FirstTicks);
        message.WriteVarintField(6, (ulong)range.LastTicks);
        foreach (DiscardedDevice device in range.Devices)
        {
            scratch.Clear();
            scratch.WriteTextField(1, device.Device);
            scratch.WriteVarintField(2, (ulong)device.Readings);
            message.WriteTag(7, WireType.Bytes);
            message.WriteVarint((ulong)scratch.Length);
            message.WriteRaw(scratch.Written);
        }

        into.WriteTag(field, WireType.Bytes);
        into.WriteVarint((ulong)message.Length);
        into.WriteRaw(message.Written);
    }

    public static bool TryRead(ReadOnlySpan<byte> message, BatchLimits limits, out DiscardedRange? range)
    {
        range = null;
        long first = 0, last = 0, readings = 0, firstTicks = 0, lastTicks = 0;
        string reason = "";
        var devices = new List<DiscardedDevice>();
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            ReadOnlySpan<byte> bytes = default;
            if (field is 3 or 7 ? type != WireType.Bytes || !reader.TryReadBytes(out bytes) : field < 7 && type != WireType.Varint)
            {
                return false;
            }

            bool read = field switch
            {
                1 => reader.TryReadInt64(out first),
                2 => reader.TryReadInt64(out last),
                3 => WireText.TryDecode(bytes, limits.NameBytesMax, out reason),
                4 => reader.TryReadInt64(out readings),
                5 => reader.TryReadInt64(out firstTicks),
                6 => reader.TryReadInt64(out lastTicks),
                7 => devices.Count < limits.DevicesMax && TryReadDevice(bytes, limits, devices),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        range = new DiscardedRange(first, last, reason, readings, firstTicks, lastTicks, devices);
        return first >= 1 && last >= first && readings >= 0;
    }

    private static bool TryReadDevice(ReadOnlySpan<byte> message, BatchLimits limits, List<DiscardedDevice> into)
    {
        string name = "";
        long readings = 0;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            bool read = field switch
            {
                1 => type == WireType.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
                    && WireText.TryDecode(bytes, limits.NameBytesMax, out name),
                2 => type == WireType.Varint && reader.TryReadInt64(out readings),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        into.Add(new DiscardedDevice(name, readings));
        return readings >= 0;
    }
}
