using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using EdgeAgent.Core.Batches.Wire;

namespace EdgeAgent.Core.Configuration;

/// <summary>A configuration with its tables, packed for a message: gzip over field 1 (the file) and fields 2 (tables: 1 the path, 2 the bytes).</summary>
public static class RemoteConfigContent
{
    /// <summary>Largest configuration unpacked; a small message must not be able to fill a gateway's memory.</summary>
    public const int UnpackedBytesMax = 16 << 20;

    private const int TablesMax = 10_000;
    private const int KeyBytesMax = 1024;

    public static byte[] Pack(ConfigBundle bundle)
    {
        var plain = new ByteSink(bundle.Main.Length + 1024);
        plain.WriteBytesField(1, bundle.Main);
        var table = new ByteSink();
        foreach ((string key, byte[] bytes) in bundle.Tables.OrderBy(static t => t.Key, StringComparer.Ordinal))
        {
            table.Clear();
            table.WriteTextField(1, key);
            table.WriteBytesField(2, bytes);
            plain.WriteBytesField(2, table.Written);
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(plain.Written);
        }

        return packed.ToArray();
    }

    /// <summary>Reads a packed configuration; false for anything else, or one that is too large. Never throws.</summary>
    public static bool TryUnpack(ReadOnlyMemory<byte> packed, [NotNullWhen(true)] out ConfigBundle? bundle)
    {
        bundle = null;
        if (!TryInflate(packed, out byte[] plain))
        {
            return false;
        }

        byte[]? main = null;
        var tables = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var reader = new WireReader(plain);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type) || type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> part))
            {
                return false;
            }

            if (field == 1)
            {
                main = part.ToArray();
            }
            else if (field != 2 || tables.Count == TablesMax || !TryReadTable(part, tables))
            {
                return false;
            }
        }

        bundle = main is null ? null : new ConfigBundle(main, tables);
        return bundle is not null;
    }

    private static bool TryReadTable(ReadOnlySpan<byte> bytes, Dictionary<string, byte[]> into)
    {
        string key = "";
        byte[] content = [];
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type) || type != WireType.Bytes || !reader.TryReadBytes(out ReadOnlySpan<byte> part)
                || (field == 1 && !WireText.TryDecode(part, KeyBytesMax, out key)))
            {
                return false;
            }

            content = field == 2 ? part.ToArray() : content;
        }

        return key.Length > 0 && into.TryAdd(key, content);
    }

    private static bool TryInflate(ReadOnlyMemory<byte> packed, out byte[] plain)
    {
        plain = [];
        try
        {
            using var input = new MemoryStream(packed.ToArray());
            using var gzip = new GZipStream(input, CompressionMode.Decompress);
            using var output = new MemoryStream();
            byte[] part = new byte[64 << 10];
            for (int read = gzip.Read(part); read > 0; read = gzip.Read(part))
            {
                if (output.Length + read > UnpackedBytesMax)
                {
                    return false;
                }

                output.Write(part, 0, read);
            }

            plain = output.ToArray();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
