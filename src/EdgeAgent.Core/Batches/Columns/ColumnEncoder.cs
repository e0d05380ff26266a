using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes readings as columns. Holds its scratch memory, so that encoding allocates nothing once warm.</summary>
internal sealed class ColumnEncoder
{
    private readonly ByteSink _first = new();
    private readonly ByteSink _second = new();
    private readonly ColumnIndex _index = new();
    private readonly FloatColumn _floats = new();

    public void Encode(ReadingBatch batch, long createdTicks, ByteSink into)
    {
        ReadOnlySpan<Reading> readings = batch.Readings;
        into.WriteVarintField(ContentFields.Readings, (ulong)readings.Length);
        WriteTags(readings, into);
        WriteTimes(readings, createdTicks, into);
        WriteKinds(readings, into);
        WriteQualities(readings, into);
        WriteValues(batch, readings, into);
    }

    /// <summary>Arithmetic runs: the step is added before each of its readings.</summary>
    private void WriteTags(ReadOnlySpan<Reading> readings, ByteSink into)
    {
        _first.Clear();
        _second.Clear();
        long before = 0;
        for (int i = 0; i < readings.Length;)
        {
            long step = readings[i].TagId - before;
            int start = i;
            do
            {
                before = readings[i++].TagId;
            }
            while (i < readings.Length && readings[i].TagId - before == step);
            _first.WriteZigZag(step);
            _second.WriteVarint((ulong)(i - start));
        }

        into.WriteBytesField(ContentFields.TagStep, _first.Written);
        into.WriteBytesField(ContentFields.TagRun, _second.Written);
    }

    private void WriteTimes(ReadOnlySpan<Reading> readings, long createdTicks, ByteSink into)
    {
        _first.Clear();
        _second.Clear();
        long before = createdTicks;
        for (int i = 0; i < readings.Length;)
        {
            long ticks = readings[i].SourceTicks;
            int start = i++;
            while (i < readings.Length && readings[i].SourceTicks == ticks)
            {
                i++;
            }

            _first.WriteZigZag(ticks - before);
            _second.WriteVarint((ulong)(i - start));
            before = ticks;
        }

        into.WriteBytesField(ContentFields.TimeStep, _first.Written);
        into.WriteBytesField(ContentFields.TimeRun, _second.Written);
    }

    private void WriteKinds(ReadOnlySpan<Reading> readings, ByteSink into)
    {
        _first.Clear();
        _second.Clear();
        for (int i = 0; i < readings.Length;)
        {
            ValueKind kind = readings[i].Kind;
            int start = i++;
            while (i < readings.Length && readings[i].Kind == kind)
            {
                i++;
            }

            _first.WriteVarint((byte)kind);
            _second.WriteVarint((ulong)(i - start));
        }

        into.WriteBytesField(ContentFields.Kind, _first.Written);
        into.WriteBytesField(ContentFields.KindRun, _second.Written);
    }

    private void WriteQualities(ReadOnlySpan<Reading> readings, ByteSink into)
    {
        _first.Clear();
        _second.Clear();
        for (int i = 0; i < readings.Length;)
        {
            uint code = readings[i].Quality.Code;
            int start = i++;
            while (i < readings.Length && readings[i].Quality.Code == code)
            {
                i++;
            }

            _first.WriteVarint(code);
            _second.WriteVarint((ulong)(i - start));
        }

        into.WriteBytesField(ContentFields.Quality, _first.Written);
        into.WriteBytesField(ContentFields.QualityRun, _second.Written);
    }

    private void WriteValues(ReadingBatch batch, ReadOnlySpan<Reading> readings, ByteSink into)
    {
        _index.Build(readings);
        BooleanColumn.Write(ContentFields.Booleans, readings, _index, _first, into);
        IntegerColumn.Write(ValueKind.Int64, ContentFields.Int64, readings, _index, _first, into);
        IntegerColumn.Write(ValueKind.UInt64, ContentFields.UInt64, readings, _index, _first, into);
        _floats.Write(ValueKind.Float32, ContentFields.Float32, readings, _index, into);
        _floats.Write(ValueKind.Float64, ContentFields.Float64, readings, _index, into);
        ArenaColumn.Write(ValueKind.Text, ContentFields.TextLength, ContentFields.Text, batch, _index, _first, _second, into);
        ArenaColumn.Write(ValueKind.Bytes, ContentFields.BytesLength, ContentFields.Bytes, batch, _index, _first, _second, into);
    }
}
