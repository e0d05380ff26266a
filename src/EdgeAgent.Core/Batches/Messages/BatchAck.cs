using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>The hub's word on what is committed (message <c>BatchAck</c>); the agent deletes up to <paramref name="Contiguous"/> and the ranges above.</summary>
/// <param name="Incarnation">The chain it speaks of; an agent ignores acks of another one.</param>
/// <param name="Contiguous">Everything from 1 to here is committed or declared discarded; 0 when nothing is.</param>
/// <param name="Above">Committed ranges above, ascending; at most <see cref="AboveMax"/>.</param>
/// <param name="Refused">Batches that will never be stored; at most <see cref="RefusedMax"/>.</param>
public sealed record BatchAck(
    Guid Incarnation,
    long Contiguous,
    IReadOnlyList<SequenceRange> Above,
    IReadOnlyList<RefusedBatch> Refused)
{
    public const int AboveMax = 64;
    public const int RefusedMax = 64;
    public const int ReasonBytesMax = 256;

    /// <summary>The message's bytes. Ranges and refusals beyond the limits are left out: the agent sends those batches again and is told then.</summary>
    public byte[] ToBytes()
    {
        var into = new ByteSink();
        var message = new ByteSink();
        Span<byte> incarnation = stackalloc byte[16];
        Incarnation.TryWriteBytes(incarnation, bigEndian: true, out _);
        into.WriteBytesField(1, incarnation);
        into.WriteVarintField(2, (ulong)Contiguous);
        foreach (SequenceRange range in Above.Take(AboveMax))
        {
            message.Clear();
            message.WriteVarintField(1, (ulong)range.First);
            message.WriteVarintField(2, (ulong)range.Last);
            into.WriteBytesField(3, message.Written);
        }

        foreach (RefusedBatch refused in Refused.Take(RefusedMax))
        {
            message.Clear();
            message.WriteVarintField(1, (ulong)refused.Sequence);
            message.WriteTextField(2, Shortened(refused.Reason));
            into.WriteBytesField(4, message.Written);
        }

        return into.Written.ToArray();
    }

    /// <summary>Reads an ack; false for anything else. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out BatchAck ack)
    {
        ack = new BatchAck(default, 0, [], []);
        ReadOnlySpan<byte> incarnation = default;
        long contiguous = 0;
        var above = new List<SequenceRange>();
        var refused = new List<RefusedBatch>();
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return false;
            }

            ReadOnlySpan<byte> message = default;
            if (field is 1 or 3 or 4 && (type != WireType.Bytes || !reader.TryReadBytes(out message)))
            {
                return false;
            }

            bool read = true;
            switch (field)
            {
                case 1: incarnation = message; break;
                case 2: read = type == WireType.Varint && reader.TryReadInt64(out contiguous); break;
                case 3: read = above.Count < AboveMax && TryReadRange(message, above); break;
                case 4: read = refused.Count < RefusedMax && TryReadRefused(message, refused); break;
                default: read = reader.TrySkip(type); break;
            }

            if (!read)
            {
                return false;
            }
        }

        if (incarnation.Length != 16 || contiguous < 0)
        {
            return false;
        }

        ack = new BatchAck(new Guid(incarnation, bigEndian: true), contiguous, above, refused);
        return true;
    }

    private static bool TryReadRange(ReadOnlySpan<byte> message, List<SequenceRange> into)
    {
        long first = 0, last = 0;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type)
                || !(field switch
                {
                    1 => type == WireType.Varint && reader.TryReadInt64(out first),
                    2 => type == WireType.Varint && reader.TryReadInt64(out last),
                    _ => reader.TrySkip(type),
                }))
            {
                return false;
            }
        }

        into.Add(new SequenceRange(first, last));
        return first >= 1 && last >= first;
    }

    private static bool TryReadRefused(ReadOnlySpan<byte> message, List<RefusedBatch> into)
    {
        long sequence = 0;
        string reason = "";
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type)
                || !(field switch
                {
                    1 => type == WireType.Varint && reader.TryReadInt64(out sequence),
                    2 => type == WireType.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> text)
                        && WireText.TryDecode(text, ReasonBytesMax, out reason),
                    _ => reader.TrySkip(type),
                }))
            {
                return false;
            }
        }

        into.Add(new RefusedBatch(sequence, reason));
        return sequence >= 1;
    }

    private static string Shortened(string reason)
    {
        // Three bytes a UTF-16 unit at most, so this never cuts through the limit; a cut surrogate pair would not be UTF-8.
        const int unitsMax = ReasonBytesMax / 3;
        if (reason.Length <= unitsMax)
        {
            return reason;
        }

        return reason[..(char.IsHighSurrogate(reason[unitsMax - 1]) ? unitsMax - 1 : unitsMax)];
    }
}
