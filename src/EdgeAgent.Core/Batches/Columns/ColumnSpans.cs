using EdgeAgent.Core.Batches.Wire;

namespace EdgeAgent.Core.Batches;

/// <summary>Where each column of a batch's content lies.</summary>
internal ref struct ColumnSpans
{
    public int Readings;
    public ReadOnlySpan<byte> TagStep, TagRun, TimeStep, TimeRun, Kind, KindRun, Quality, QualityRun;
    public ReadOnlySpan<byte> Booleans, Int64, UInt64, Float32, Float64, TextLength, Text, BytesLength, Bytes;
    public ReadOnlySpan<byte> Accounts;

    /// <summary>Takes one field; false when it is known and does not have the wire type that it must have.</summary>
    public bool TryTake(scoped ref WireReader reader, int field, WireType type)
    {
        if (field == ContentFields.Readings)
        {
            return type == WireType.Varint && reader.TryReadCount(out Readings);
        }

        if (field is < ContentFields.TagStep or > ContentFields.Accounts)
        {
            return reader.TrySkip(type);
        }

        if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        switch (field)
        {
            case ContentFields.TagStep: TagStep = bytes; break;
            case ContentFields.TagRun: TagRun = bytes; break;
            case ContentFields.TimeStep: TimeStep = bytes; break;
            case ContentFields.TimeRun: TimeRun = bytes; break;
            case ContentFields.Kind: Kind = bytes; break;
            case ContentFields.KindRun: KindRun = bytes; break;
            case ContentFields.Quality: Quality = bytes; break;
            case ContentFields.QualityRun: QualityRun = bytes; break;
            case ContentFields.Booleans: Booleans = bytes; break;
            case ContentFields.Int64: Int64 = bytes; break;
            case ContentFields.UInt64: UInt64 = bytes; break;
            case ContentFields.Float32: Float32 = bytes; break;
            case ContentFields.Float64: Float64 = bytes; break;
            case ContentFields.TextLength: TextLength = bytes; break;
            case ContentFields.Text: Text = bytes; break;
            case ContentFields.BytesLength: BytesLength = bytes; break;
            case ContentFields.Bytes: Bytes = bytes; break;
            default: Accounts = bytes; break;
        }

        return true;
    }
}
