using EdgeAgent.Core.Batches.Wire;

namespace EdgeAgent.Core.Batches;

/// <summary>Reads the signed part of a batch (message <c>BatchBody</c>).</summary>
internal static class BodyReader
{
    public static BatchReadStatus Read(
        ReadOnlySpan<byte> body, DecodedBatch into, BatchLimits limits, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> definition)
    {
        content = default;
        definition = default;
        int version = 0;
        string site = "", agent = "";
        long sequence = 0, created = 0;
        ReadOnlySpan<byte> incarnation = default, previous = default, config = default;
        var reader = new WireReader(body);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            ReadOnlySpan<byte> bytes = default;
            bool number = field is BodyFields.Version or BodyFields.Sequence or BodyFields.CreatedTicks;
            if (number ? type != WireType.Varint
                : field <= BodyFields.Definition && (type != WireType.Bytes || !reader.TryReadBytes(out bytes)))
            {
                return BatchReadStatus.Malformed;
            }

            bool read = true;
            switch (field)
            {
                case BodyFields.Version: read = reader.TryReadCount(out version); break;
                case BodyFields.Site: read = WireText.TryDecode(bytes, limits.NameBytesMax, into.Site, out site); break;
                case BodyFields.Agent: read = WireText.TryDecode(bytes, limits.NameBytesMax, into.Agent, out agent); break;
                case BodyFields.Incarnation: incarnation = bytes; break;
                case BodyFields.Sequence: read = reader.TryReadInt64(out sequence); break;
                case BodyFields.PreviousHash: previous = bytes; break;
                case BodyFields.CreatedTicks: read = reader.TryReadInt64(out created); break;
                case BodyFields.ConfigHash: config = bytes; break;
                case BodyFields.Content: content = bytes; break;
                case BodyFields.Definition: definition = bytes; break;
                default: read = reader.TrySkip(type); break;
            }

            if (!read)
            {
                return BatchReadStatus.Malformed;
            }
        }

        if (version != BatchFormat.Version)
        {
            return version == 0 ? BatchReadStatus.Malformed : BatchReadStatus.UnknownVersion;
        }

        if (!Topics.IsValidName(site) || !Topics.IsValidName(agent) || sequence < 1 || incarnation.Length != 16
            || previous.Length != BatchFormat.HashBytes || config.Length != BatchFormat.HashBytes)
        {
            return BatchReadStatus.Malformed;
        }

        into.Site = site;
        into.Agent = agent;
        into.Incarnation = new Guid(incarnation, bigEndian: true);
        into.Sequence = sequence;
        into.CreatedTicks = created;
        previous.CopyTo(into.PreviousHashSpan);
        config.CopyTo(into.ConfigHashSpan);
        return BatchReadStatus.Ok;
    }

    /// <param name="withReadings">False leaves the readings alone and reads accounts and discarded ranges only.</param>
    public static BatchReadStatus ReadContent(ReadOnlySpan<byte> packed, DecodedBatch into, BatchLimits limits, bool withReadings = true)
    {
        byte[] buffer = into.Content;
        BatchReadStatus status = PackedBytes.TryRead(packed, limits.ContentBytesMax, ref buffer, out ReadOnlySpan<byte> content);
        into.Content = buffer;
        if (status != BatchReadStatus.Ok)
        {
            return status;
        }

        scoped ColumnSpans columns = default;
        var reader = new WireReader(content);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            if (field != ContentFields.Discarded)
            {
                if (!columns.TryTake(ref reader, field, type))
                {
                    return BatchReadStatus.Malformed;
                }

                continue;
            }

            if (into.Discarded.Count == limits.DiscardedMax)
            {
                return BatchReadStatus.OverLimit;
            }

            if (type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
                || !DiscardedCodec.TryRead(bytes, limits, out Model.DiscardedRange? range))
            {
                return BatchReadStatus.Malformed;
            }

            into.Discarded.Add(range!);
        }

        status = withReadings ? into.Columns.Decode(columns, into.CreatedTicks, into.Readings, limits) : BatchReadStatus.Ok;
        return status == BatchReadStatus.Ok ? AccountColumns.Read(columns.Accounts, into.Accounts, limits) : status;
    }

    public static BatchReadStatus ReadDefinition(ReadOnlySpan<byte> packed, DecodedBatch into, BatchLimits limits)
    {
        byte[] buffer = into.Content;
        BatchReadStatus status = PackedBytes.TryRead(packed, limits.ContentBytesMax, ref buffer, out ReadOnlySpan<byte> bytes);
        into.Content = buffer;
        if (status != BatchReadStatus.Ok)
        {
            return status;
        }

        status = DefinitionCodec.Read(bytes, limits, out Model.PlantDefinition? definition);
        if (status != BatchReadStatus.Ok)
        {
            return status;
        }

        if (!definition!.ConfigHash.Span.SequenceEqual(into.ConfigHash.Span))
        {
            return BatchReadStatus.DefinitionMismatch;
        }

        into.Definition = definition;
        return BatchReadStatus.Ok;
    }
}
