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
    private readonly ColumnIndex _index = new();
    private readonly FloatColumn _floats = new();

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
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = new Reading(_tags[i], new Quality(_qualities[i]), _ticks[i], (ValueKind)_kinds[i], 0);
        }

        _index.Build(readings);
        return TryValues(columns, readings, into) ? BatchReadStatus.Ok : BatchReadStatus.Malformed;
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

    private bool TryValues(in ColumnSpans columns, Span<Reading> readings, ReadingBatch into) =>
        BooleanColumn.TryRead(columns.Booleans, readings, _index)
        && IntegerColumn.TryRead(ValueKind.Int64, columns.Int64, readings, _index)
        && IntegerColumn.TryRead(ValueKind.UInt64, columns.UInt64, readings, _index)
        && _floats.TryRead(ValueKind.Float32, columns.Float32, readings, _index)
        && _floats.TryRead(ValueKind.Float64, columns.Float64, readings, _index)
        && ArenaColumn.TryRead(ValueKind.Text, columns.TextLength, columns.Text, readings, into, _index)
        && ArenaColumn.TryRead(ValueKind.Bytes, columns.BytesLength, columns.Bytes, readings, into, _index);

    private static bool TryRun(scoped ref WireReader runs, int left, out int run) =>
        runs.TryReadCount(out run) && run > 0 && run <= left;
}
