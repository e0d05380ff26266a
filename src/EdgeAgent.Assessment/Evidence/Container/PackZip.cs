using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Assessment.Evidence.Container;

/// <summary>The one way in which a pack's ZIP structures are written (APPNOTE 6.3.4, §4.3): stored entries, no dates, no comments, no gaps.</summary>
/// <remarks>Names, sizes, check sums and order of the entries determine every other byte, so that a reader can write the structures
/// again and compare: no bit of the container is free.</remarks>
internal static class PackZip
{
    public const int EntriesMax = 60_000;
    public const int PathBytesMax = 300;

    /// <summary>Entries stay below what a ZIP reader keeps in 32 bits; batches are split into several files.</summary>
    public const long EntryBytesMax = int.MaxValue;

    private const uint LocalSignature = 0x0403_4b50;
    private const uint CentralSignature = 0x0201_4b50;
    private const uint EndSignature = 0x0605_4b50;
    private const uint End64Signature = 0x0606_4b50;
    private const uint Locator64Signature = 0x0706_4b50;
    private const int LocalFixed = 30;
    private const int CentralFixed = 46;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int Locator64Bytes = 20;
    private const int Extra64Bytes = 12;
    private const ushort VersionPlain = 20;
    private const ushort Version64 = 45;
    private const ushort Utf8Names = 0x0800;
    private const ushort FirstOfJanuary1980 = 0x0021;
    private const uint In64 = uint.MaxValue;

    /// <summary>Enough bytes from the end of a pack to find its central directory.</summary>
    public const int TailBytes = EndBytes + Locator64Bytes + End64Bytes;

    public static int LocalHeaderBytes(string path) => LocalFixed + Encoding.UTF8.GetByteCount(path);

    public static byte[] LocalHeader(in PackEntry entry)
    {
        byte[] header = new byte[LocalHeaderBytes(entry.Path)];
        BinaryPrimitives.WriteUInt32LittleEndian(header, LocalSignature);
        WriteCommon(header.AsSpan(4), entry, VersionPlain);
        Encoding.UTF8.GetBytes(entry.Path, header.AsSpan(LocalFixed));
        return header;
    }

    /// <summary>Central directory and end records.</summary>
    public static byte[] Tail(IReadOnlyList<PackEntry> entries, long centralOffset)
    {
        using MemoryStream tail = new();
        foreach (PackEntry entry in entries)
        {
            WriteCentral(tail, entry);
        }

        long centralBytes = tail.Length;
        if (centralOffset >= In64)
        {
            WriteEnd64(tail, entries.Count, centralOffset, centralBytes);
        }

        Span<byte> end = stackalloc byte[EndBytes];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)centralBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)Math.Min(centralOffset, In64));
        tail.Write(end);
        return tail.ToArray();
    }

    /// <summary>Finds the central directory from the last bytes of the file; -1 when they are no end of a pack.</summary>
    public static long FindCentral(ReadOnlySpan<byte> last)
    {
        if (last.Length < EndBytes || BinaryPrimitives.ReadUInt32LittleEndian(last[^EndBytes..]) != EndSignature)
        {
            return -1;
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(last[^(EndBytes - 16)..]);
        if (offset != In64)
        {
            return offset;
        }

        return last.Length < TailBytes || BinaryPrimitives.ReadUInt32LittleEndian(last[^TailBytes..]) != End64Signature
            ? -1
            : BinaryPrimitives.ReadInt64LittleEndian(last[^(TailBytes - 48)..]);
    }

    /// <summary>Reads the entries of a central directory; false where it is not one. What it says is believed only after <see cref="Tail"/> gives the same bytes.</summary>
    public static bool TryReadCentral(ReadOnlySpan<byte> tail, List<PackEntry> into)
    {
        while (tail.Length >= CentralFixed && BinaryPrimitives.ReadUInt32LittleEndian(tail) == CentralSignature)
        {
            int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(tail[28..]);
            int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(tail[30..]);
            if (tail.Length < CentralFixed + nameBytes + extraBytes || nameBytes > PathBytesMax || into.Count == EntriesMax
                || !System.Text.Unicode.Utf8.IsValid(tail.Slice(CentralFixed, nameBytes)))
            {
                return false;
            }

            long offset = BinaryPrimitives.ReadUInt32LittleEndian(tail[42..]);
            if (offset == In64)
            {
                if (extraBytes != Extra64Bytes)
                {
                    return false;
                }

                offset = BinaryPrimitives.ReadInt64LittleEndian(tail[(CentralFixed + nameBytes + 4)..]);
            }

            into.Add(new PackEntry(
                Encoding.UTF8.GetString(tail.Slice(CentralFixed, nameBytes)),
                offset,
                BinaryPrimitives.ReadUInt32LittleEndian(tail[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(tail[16..])));
            tail = tail[(CentralFixed + nameBytes + extraBytes)..];
        }

        return true;
    }

    private static void WriteCentral(MemoryStream tail, in PackEntry entry)
    {
        bool is64 = entry.Offset >= In64;
        byte[] name = Encoding.UTF8.GetBytes(entry.Path);
        Span<byte> header = stackalloc byte[CentralFixed];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, CentralSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], is64 ? Version64 : VersionPlain);
        WriteCommon(header[6..], entry, is64 ? Version64 : VersionPlain);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], (ushort)(is64 ? Extra64Bytes : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], (uint)Math.Min(entry.Offset, In64));
        tail.Write(header);
        tail.Write(name);
        if (is64)
        {
            Span<byte> extra = stackalloc byte[Extra64Bytes];
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 0x0001);
            BinaryPrimitives.WriteUInt16LittleEndian(extra[2..], 8);
            BinaryPrimitives.WriteInt64LittleEndian(extra[4..], entry.Offset);
            tail.Write(extra);
        }
    }

    /// <summary>The fields that both headers have in the same order, from "version needed" to "file name length".</summary>
    private static void WriteCommon(Span<byte> at, in PackEntry entry, ushort version)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, version);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], Utf8Names);
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], 0); // stored
        BinaryPrimitives.WriteUInt16LittleEndian(at[6..], 0);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], FirstOfJanuary1980);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], (uint)entry.Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], (uint)entry.Bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)Encoding.UTF8.GetByteCount(entry.Path));
    }

    private static void WriteEnd64(MemoryStream tail, int entries, long centralOffset, long centralBytes)
    {
        Span<byte> end = stackalloc byte[End64Bytes + Locator64Bytes];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, End64Signature);
        BinaryPrimitives.WriteInt64LittleEndian(end[4..], End64Bytes - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(end[12..], Version64);
        BinaryPrimitives.WriteUInt16LittleEndian(end[14..], Version64);
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], entries);
        BinaryPrimitives.WriteInt64LittleEndian(end[32..], entries);
        BinaryPrimitives.WriteInt64LittleEndian(end[40..], centralBytes);
        BinaryPrimitives.WriteInt64LittleEndian(end[48..], centralOffset);
        Span<byte> locator = end[End64Bytes..];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, Locator64Signature);
        BinaryPrimitives.WriteInt64LittleEndian(locator[8..], centralOffset + centralBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(locator[16..], 1);
        tail.Write(end);
    }
}
