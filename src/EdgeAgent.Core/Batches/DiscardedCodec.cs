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
        foreach (DiscardedAccount account in range.Accounts)
        {
            scratch.Clear();
            scratch.WriteTextField(1, account.Device);
            scratch.WriteVarintField(2, ZigZag.Encode(account.Hour));
            scratch.WriteVarintField(3, (byte)account.Provenance);
            scratch.WriteVarintField(4, (ulong)account.Due);
            scratch.WriteVarintField(5, (ulong)account.Readings);
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
        var accounts = new List<DiscardedAccount>();
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
                7 => accounts.Count < limits.DevicesMax && TryReadAccount(bytes, limits, accounts),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        range = new DiscardedRange(first, last, reason, readings, firstTicks, lastTicks, accounts);
        return first >= 1 && last >= first && readings >= 0;
    }

    private static bool TryReadAccount(ReadOnlySpan<byte> message, BatchLimits limits, List<DiscardedAccount> into)
    {
        string name = "";
        ulong hour = 0, provenance = 0;
        long due = 0, readings = 0;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type) || (field is >= 2 and <= 5 && type != WireType.Varint))
            {
                return false;
            }

            bool read = field switch
            {
                1 => type == WireType.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
                    && WireText.TryDecode(bytes, limits.NameBytesMax, out name),
                2 => reader.TryReadVarint(out hour),
                3 => reader.TryReadVarint(out provenance),
                4 => reader.TryReadInt64(out due),
                5 => reader.TryReadInt64(out readings),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return false;
            }
        }

        if (ZigZag.Decode(hour) is not (>= int.MinValue and <= int.MaxValue and var known) || provenance > (ulong)Provenance.Imported
            || readings < 0 || due < 0)
        {
            return false;
        }

        into.Add(new DiscardedAccount(name, (int)known, (Provenance)provenance, due, readings));
        return true;
    }
}
