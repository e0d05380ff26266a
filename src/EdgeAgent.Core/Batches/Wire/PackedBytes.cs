using System.IO.Compression;

namespace EdgeAgent.Core.Batches.Wire;

/// <summary>Writes and reads the message <c>Packed</c>: bytes that are compressed when that makes them smaller.</summary>
internal static class PackedBytes
{
    private const int SizeField = 1;
    private const int CompressionField = 2;
    private const int DataField = 3;
    private const ulong Stored = 0;
    private const ulong Brotli = 1;

    /// <summary>Below this there is nothing to gain.</summary>
    private const int WorthwhileBytes = 48;

    /// <param name="quality">Brotli quality, 0 to 11.</param>
    public static void Write(int field, ReadOnlySpan<byte> bytes, int quality, ByteSink scratch, ByteSink into)
    {
        ulong compression = Stored;
        ReadOnlySpan<byte> data = bytes;
        if (bytes.Length >= WorthwhileBytes)
        {
            scratch.Clear();
            // One byte less than the input: what does not shrink is stored as it is.
            Span<byte> space = scratch.Reserve(bytes.Length - 1)[..(bytes.Length - 1)];
            if (BrotliEncoder.TryCompress(bytes, space, out int written, quality, WindowBits(bytes.Length)))
            {
                compression = Brotli;
                data = space[..written];
            }
        }

        int length = VarintFieldLength((ulong)bytes.Length) + VarintFieldLength(compression) + BytesFieldLength(data.Length);
        into.WriteTag(field, WireType.Bytes);
        into.WriteVarint((ulong)length);
        into.WriteVarintField(SizeField, (ulong)bytes.Length);
        into.WriteVarintField(CompressionField, compression);
        into.WriteBytesField(DataField, data);
    }

    /// <param name="buffer">Grown to the declared size, within <paramref name="bytesMax"/>, when the data is compressed.</param>
    public static BatchReadStatus TryRead(ReadOnlySpan<byte> message, int bytesMax, ref byte[] buffer, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        int size = 0;
        ulong compression = Stored;
        ReadOnlySpan<byte> data = default;
        var reader = new WireReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
            {
                return BatchReadStatus.Malformed;
            }

            bool read = field switch
            {
                SizeField => type == WireType.Varint && reader.TryReadCount(out size),
                CompressionField => type == WireType.Varint && reader.TryReadVarint(out compression),
                DataField => type == WireType.Bytes && reader.TryReadBytes(out data),
                _ => reader.TrySkip(type),
            };
            if (!read)
            {
                return BatchReadStatus.Malformed;
            }
        }

        if (size > bytesMax)
        {
            return BatchReadStatus.OverLimit;
        }

        if (compression == Stored)
        {
            bytes = data;
            return data.Length == size ? BatchReadStatus.Ok : BatchReadStatus.Malformed;
        }

        if (compression != Brotli)
        {
            return BatchReadStatus.UnknownVersion;
        }

        if (buffer.Length < size)
        {
            buffer = new byte[size];
        }

        if (!BrotliDecoder.TryDecompress(data, buffer.AsSpan(0, size), out int decompressed) || decompressed != size)
        {
            return BatchReadStatus.Malformed;
        }

        bytes = buffer.AsSpan(0, size);
        return BatchReadStatus.Ok;
    }

    /// <summary>The smallest window that holds the input, between what Brotli allows (10) and 22 bits.</summary>
    private static int WindowBits(int length) => Math.Clamp(32 - int.LeadingZeroCount(length), 10, 22);

    private static int VarintFieldLength(ulong value) => value == 0 ? 0 : 1 + VarintLength(value);

    private static int BytesFieldLength(int length) => length == 0 ? 0 : 1 + VarintLength((ulong)length) + length;

    private static int VarintLength(ulong value) => (63 - (int)ulong.LeadingZeroCount(value | 1)) / 7 + 1;
}
