using System.Buffers.Binary;
using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Writes readings as columns. Holds its scratch memory, so that encoding allocates nothing once warm.</summary>
internal sealed class ColumnEncoder
{
    private readonly ByteSink _first = new();
    private readonly ByteSink _second = new();
    private readonly ByteSink _ints = new();
    private readonly ByteSink _uints = new();
    private readonly ByteSink _floats = new();
    private readonly ByteSink _doubles = new();
    private readonly ByteSink _texts = new();
    private readonly ByteSink _textLengths = new();
    private readonly ByteSink _blobs = new();
    private readonly ByteSink _blobLengths = new();
    private readonly ByteSink _booleans = new();
    private readonly LastByTag _last = new();

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
        _ints.Clear();
        _uints.Clear();
        _floats.Clear();
        _doubles.Clear();
        _texts.Clear();
        _textLengths.Clear();
        _blobs.Clear();
        _blobLengths.Clear();
        _booleans.Clear();
        for (int i = 0; i < readings.Length; i++)
        {
            ref readonly Reading reading = ref readings[i];
            int last = _last.Exchange(reading.TagId, i);
            ulong before = last >= 0 && readings[last].Kind == reading.Kind ? readings[last].Bits : 0;
            switch (reading.Kind)
            {
                case ValueKind.Boolean:
                    _booleans.WriteByte((byte)reading.Bits);
                    break;
                case ValueKind.Int64:
                    _ints.WriteZigZag((long)(reading.Bits - before));
                    break;
                case ValueKind.UInt64:
                    _uints.WriteZigZag((long)(reading.Bits - before));
                    break;
                case ValueKind.Float32:
                    BinaryPrimitives.WriteUInt32LittleEndian(_floats.Reserve(4), (uint)(reading.Bits ^ before));
                    _floats.Advance(4);
                    break;
                case ValueKind.Float64:
                    BinaryPrimitives.WriteUInt64LittleEndian(_doubles.Reserve(8), reading.Bits ^ before);
                    _doubles.Advance(8);
                    break;
                case ValueKind.Text:
                    _textLengths.WriteVarint((ulong)batch.BytesOf(reading).Length);
                    _texts.WriteRaw(batch.BytesOf(reading));
                    break;
                case ValueKind.Bytes:
                    _blobLengths.WriteVarint((ulong)batch.BytesOf(reading).Length);
                    _blobs.WriteRaw(batch.BytesOf(reading));
                    break;
                default:
                    break;
            }
        }

        _last.Clear(readings);
        into.WriteBytesField(ContentFields.Booleans, _booleans.Written);
        into.WriteBytesField(ContentFields.Int64, _ints.Written);
        into.WriteBytesField(ContentFields.UInt64, _uints.Written);
        into.WriteBytesField(ContentFields.Float32, _floats.Written);
        into.WriteBytesField(ContentFields.Float64, _doubles.Written);
        into.WriteBytesField(ContentFields.TextLength, _textLengths.Written);
        into.WriteBytesField(ContentFields.Text, _texts.Written);
        into.WriteBytesField(ContentFields.BytesLength, _blobLengths.Written);
        into.WriteBytesField(ContentFields.Bytes, _blobs.Written);
    }
}
