using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes and reads scan accounts as columns (message <c>AccountColumns</c>).</summary>
internal static class AccountColumns
{
    private const int DeviceStep = 1;
    private const int HourStep = 2;
    private const int ProvenanceField = 3;
    private const int FirstCount = 4;
    private const int Counts = 11;

    /// <param name="scratch">Overwritten.</param>
    public static void Write(ReadOnlySpan<ScanAccount> accounts, int field, ByteSink scratch, ByteSink message, ByteSink into)
    {
        if (accounts.IsEmpty)
        {
            return;
        }

        message.Clear();
        scratch.Clear();
        long before = 0;
        foreach (ref readonly ScanAccount account in accounts)
        {
            scratch.WriteZigZag(account.DeviceId - before);
            before = account.DeviceId;
        }

        message.WriteBytesField(DeviceStep, scratch.Written);
        scratch.Clear();
        before = 0;
        foreach (ref readonly ScanAccount account in accounts)
        {
            scratch.WriteZigZag(account.Hour - before);
            before = account.Hour;
        }

        message.WriteBytesField(HourStep, scratch.Written);
        scratch.Clear();
        bool simulated = false;
        foreach (ref readonly ScanAccount account in accounts)
        {
            simulated |= account.Provenance != Provenance.Live;
            scratch.WriteVarint((byte)account.Provenance);
        }

        message.WriteBytesField(ProvenanceField, simulated ? scratch.Written : default);
        for (int column = 0; column < Counts; column++)
        {
            scratch.Clear();
            long any = 0;
            foreach (ref readonly ScanAccount account in accounts)
            {
                long count = CountOf(account, column);
                any |= count;
                scratch.WriteVarint((ulong)count);
            }

            message.WriteBytesField(FirstCount + column, any != 0 ? scratch.Written : default);
        }

        into.WriteBytesField(field, message.Written);
    }

    public static BatchReadStatus Read(ReadOnlySpan<byte> message, List<ScanAccount> into, BatchLimits limits)
    {
        ReadOnlySpan<byte> devices = default, hours = default, provenances = default;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            if (field is < DeviceStep or > ProvenanceField)
            {
                if (!reader.TrySkip(type))
                {
                    return BatchReadStatus.Malformed;
                }

                continue;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
            {
                return BatchReadStatus.Malformed;
            }

            switch (field)
            {
                case DeviceStep: devices = bytes; break;
                case HourStep: hours = bytes; break;
                default: provenances = bytes; break;
            }
        }

        BatchReadStatus status = ReadKeys(devices, hours, provenances, into, limits);
        return status == BatchReadStatus.Ok ? ReadCounts(message, into) : status;
    }

    private static BatchReadStatus ReadKeys(
        ReadOnlySpan<byte> devices, ReadOnlySpan<byte> hours, ReadOnlySpan<byte> provenances, List<ScanAccount> into, BatchLimits limits)
    {
        var deviceSteps = new WireReader(devices);
        var hourSteps = new WireReader(hours);
        var provenanceCodes = new WireReader(provenances);
        bool allLive = provenances.IsEmpty;
        long device = 0, hour = 0;
        while (!deviceSteps.AtEnd)
        {
            ulong provenance = 0;
            if (into.Count == limits.DevicesMax)
            {
                return BatchReadStatus.OverLimit;
            }

            if (!deviceSteps.TryReadVarint(out ulong deviceStep) || !hourSteps.TryReadVarint(out ulong hourStep)
                || (!allLive && !provenanceCodes.TryReadVarint(out provenance)))
            {
                return BatchReadStatus.Malformed;
            }

            device = unchecked(device + ZigZag.Decode(deviceStep));
            hour = unchecked(hour + ZigZag.Decode(hourStep));
            if (device < 0 || device >= limits.DevicesMax || hour is < int.MinValue or > int.MaxValue
                || provenance > (ulong)Provenance.Imported)
            {
                return BatchReadStatus.Malformed;
            }

            into.Add(new ScanAccount((int)device, (int)hour, (Provenance)provenance, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        return hourSteps.AtEnd && provenanceCodes.AtEnd ? BatchReadStatus.Ok : BatchReadStatus.Malformed;
    }

    private static BatchReadStatus ReadCounts(ReadOnlySpan<byte> message, List<ScanAccount> into)
    {
        Span<ScanAccount> accounts = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(into);
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            if (field is < FirstCount or >= FirstCount + Counts)
            {
                if (!reader.TrySkip(type))
                {
                    return BatchReadStatus.Malformed;
                }

                continue;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
            {
                return BatchReadStatus.Malformed;
            }

            var counts = new WireReader(bytes);
            foreach (ref ScanAccount account in accounts)
            {
                if (!counts.TryReadInt64(out long count) || count < 0)
                {
                    return BatchReadStatus.Malformed;
                }

                account = With(account, field - FirstCount, count);
            }

            if (!counts.AtEnd)
            {
                return BatchReadStatus.Malformed;
            }
        }

        return BatchReadStatus.Ok;
    }

    private static long CountOf(in ScanAccount account, int column) => column switch
    {
        0 => account.Due,
        1 => account.Good,
        2 => account.Bad,
        3 => account.Missed,
        4 => account.MissedWhileDown,
        5 => account.Filtered,
        6 => account.Dropped,
        7 => account.Buffered,
        8 => account.Changed,
        9 => account.Beyond,
        _ => account.Filled,
    };

    private static ScanAccount With(in ScanAccount account, int column, long count) => column switch
    {
        0 => account with { Due = count },
        1 => account with { Good = count },
        2 => account with { Bad = count },
        3 => account with { Missed = count },
        4 => account with { MissedWhileDown = count },
        5 => account with { Filtered = count },
        6 => account with { Dropped = count },
        7 => account with { Buffered = count },
        8 => account with { Changed = count },
        9 => account with { Beyond = count },
        _ => account with { Filled = count },
    };
}
