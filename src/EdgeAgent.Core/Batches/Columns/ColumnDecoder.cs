using System.Buffers.Binary;
using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Reads columns back into readings; the mirror of <see cref="ColumnEncoder"/>.</summary>
internal sealed class ColumnDecoder
{
    private int[] _tags = [];
    private long[] _ticks = [];
    private byte[] _kinds = [];
    private uint[] _qualities = [];
    private readonly LastByTag _last = new();

    public BatchReadStatus Decode(in ColumnSpans columns, long createdTicks, ReadingBatch into, BatchLimits limits)
    {
        int count = columns.Readings;
        if (count > limits.ReadingsMax)
        {
            return BatchReadStatus.OverLimit;
        }

        if (_tags.Length < count)
        {
            _tags = new int[count];
            _ticks = new long[count];
            _kinds = new byte[count];
            _qualities = new uint[count];
        }

        if (!TryTags(columns, count, limits) || !TryTimes(columns, count, createdTicks) || !TryKinds(columns, count) || !TryQualities(columns, count))
        {
            return BatchReadStatus.Malformed;
        }

        Span<Reading> readings = into.Extend(count);
        bool whole = TryValues(columns, readings, into);
        _last.Clear(readings);
        return whole ? BatchReadStatus.Ok : BatchReadStatus.Malformed;
    }

    private bool TryTags(in ColumnSpans columns, int count, BatchLimits limits)
    {
        var steps = new WireReader(columns.TagStep);
        var runs = new WireReader(columns.TagRun);
        long tag = 0;
        int done = 0;
        while (!steps.AtEnd)
        {
            if (!steps.TryReadVarint(out ulong raw) || !TryRun(ref runs, count - done, out int run))
            {
                return false;
            }

            long step = ZigZag.Decode(raw);
            if (step is < -int.MaxValue or > int.MaxValue)
            {
                return false;
            }

            for (int end = done + run; done < end; done++)
            {
                tag += step;
                if (tag < 0 || tag >= limits.TagsMax)
                {
                    return false;
                }

                _tags[done] = (int)tag;
            }
        }

        return done == count && runs.AtEnd;
    }

    private bool TryTimes(in ColumnSpans columns, int count, long createdTicks)
    {
        var steps = new WireReader(columns.TimeStep);
        var runs = new WireReader(columns.TimeRun);
        long ticks = createdTicks;
        int done = 0;
        while (!steps.AtEnd)
        {
            if (!steps.TryReadVarint(out ulong raw) || !TryRun(ref runs, count - done, out int run))
            {
                return false;
            }

            ticks = unchecked(ticks + ZigZag.Decode(raw));
            _ticks.AsSpan(done, run).Fill(ticks);
            done += run;
        }

        return done == count && runs.AtEnd;
    }

    private bool TryKinds(in ColumnSpans columns, int count)
    {
        var kinds = new WireReader(columns.Kind);
        var runs = new WireReader(columns.KindRun);
        int done = 0;
        while (!kinds.AtEnd)
        {
            if (!kinds.TryReadVarint(out ulong kind) || kind > (ulong)ValueKind.Bytes || !TryRun(ref runs, count - done, out int run))
            {
                return false;
            }

            _kinds.AsSpan(done, run).Fill((byte)kind);
            done += run;
        }

        return done == count && runs.AtEnd;
    }

    private bool TryQualities(in ColumnSpans columns, int count)
    {
        var codes = new WireReader(columns.Quality);
        var runs = new WireReader(columns.QualityRun);
        int done = 0;
        while (!codes.AtEnd)
        {
            if (!codes.TryReadVarint(out ulong code) || code > uint.MaxValue || !TryRun(ref runs, count - done, out int run))
            {
                return false;
            }

            _qualities.AsSpan(done, run).Fill((uint)code);
            done += run;
        }

        return done == count && runs.AtEnd;
    }

    private bool TryValues(in ColumnSpans columns, Span<Reading> readings, ReadingBatch into)
    {
        var ints = new WireReader(columns.Int64);
        var uints = new WireReader(columns.UInt64);
        var textLengths = new WireReader(columns.TextLength);
        var bytesLengths = new WireReader(columns.BytesLength);
        ReadOnlySpan<byte> floats = columns.Float32, doubles = columns.Float64, booleans = columns.Booleans;
        ReadOnlySpan<byte> texts = columns.Text, blobs = columns.Bytes;
        // The list was extended over what an earlier batch may have left there.
        readings.Clear();
        for (int i = 0; i < readings.Length; i++)
        {
            var kind = (ValueKind)_kinds[i];
            int tag = _tags[i];
            int last = _last.Exchange(tag, i);
            ulong before = last >= 0 && readings[last].Kind == kind ? readings[last].Bits : 0;
            ulong bits = 0;
            readings[i] = new Reading(tag, default, 0, ValueKind.None, 0);
            bool read = kind switch
            {
                ValueKind.None => true,
                ValueKind.Boolean => TryBoolean(ref booleans, out bits),
                ValueKind.Int64 => TryInteger(ref ints, before, out bits),
                ValueKind.UInt64 => TryInteger(ref uints, before, out bits),
                ValueKind.Float32 => TryFloat32(ref floats, before, out bits),
                ValueKind.Float64 => TryFloat64(ref doubles, before, out bits),
                ValueKind.Text => TryBytes(ref textLengths, ref texts, into, out bits),
                _ => TryBytes(ref bytesLengths, ref blobs, into, out bits),
            };
            if (!read)
            {
                return false;
            }

            readings[i] = new Reading(tag, new Quality(_qualities[i]), _ticks[i], kind, bits);
        }

        return ints.AtEnd && uints.AtEnd && textLengths.AtEnd && bytesLengths.AtEnd
            && floats.IsEmpty && doubles.IsEmpty && booleans.IsEmpty && texts.IsEmpty && blobs.IsEmpty;
    }

    private static bool TryBoolean(ref ReadOnlySpan<byte> from, out ulong bits)
    {
        bits = 0;
        if (from.IsEmpty || from[0] > 1)
        {
            return false;
        }

        bits = from[0];
        from = from[1..];
        return true;
    }

    private static bool TryInteger(scoped ref WireReader from, ulong before, out ulong bits)
    {
        bool read = from.TryReadVarint(out ulong raw);
        bits = unchecked(before + (ulong)ZigZag.Decode(raw));
        return read;
    }

    private static bool TryFloat32(ref ReadOnlySpan<byte> from, ulong before, out ulong bits)
    {
        bits = 0;
        if (from.Length < 4)
        {
            return false;
        }

        bits = BinaryPrimitives.ReadUInt32LittleEndian(from) ^ (uint)before;
        from = from[4..];
        return true;
    }

    private static bool TryFloat64(ref ReadOnlySpan<byte> from, ulong before, out ulong bits)
    {
        bits = 0;
        if (from.Length < 8)
        {
            return false;
        }

        bits = BinaryPrimitives.ReadUInt64LittleEndian(from) ^ before;
        from = from[8..];
        return true;
    }

    private static bool TryBytes(scoped ref WireReader lengths, ref ReadOnlySpan<byte> from, ReadingBatch into, out ulong bits)
    {
        bits = 0;
        if (!lengths.TryReadCount(out int length) || length > from.Length)
        {
            return false;
        }

        bits = into.Store(from[..length]);
        from = from[length..];
        return true;
    }

    private static bool TryRun(scoped ref WireReader runs, int left, out int run) =>
        runs.TryReadCount(out run) && run > 0 && run <= left;
}
