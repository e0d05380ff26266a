using System.Security.Cryptography;
using EdgeAgent.Assessment.Findings;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Assessment.Evidence.Container;

/// <summary>Reads a pack in place, without unpacking, and only when its container is written exactly as <see cref="PackZip"/> writes it.</summary>
/// <remarks>Safe for concurrent use. Nothing in a pack is compressed as a ZIP entry, so there is nothing to inflate; sizes are those of the file.</remarks>
internal sealed class PackReader : Chains.IPackContent, IDisposable
{
    private const int CentralBytesMax = 32 << 20;
    private const int BlockBytes = 1 << 20;

    private readonly SafeFileHandle _file;

    private PackReader(SafeFileHandle file, IReadOnlyList<PackEntry> entries)
    {
        _file = file;
        Entries = entries;
        Names = entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PackEntry> Entries { get; }

    public IReadOnlyDictionary<string, PackEntry> Names { get; }

    /// <returns>Null, with what is wrong added to <paramref name="problems"/>, when the container is not a pack's.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PackReader? Open(string path, List<PackProblem> problems)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        BilingualText? problem = TryReadEntries(file, out List<PackEntry> entries);
        if (problem is null)
        {
            return new PackReader(file, entries);
        }

        problems.Add(new PackProblem(PackProblem.Container, "", problem.En, problem.Zh));
        file.Dispose();
        return null;
    }

    /// <summary>A small file whole; null when it is not there or larger than allowed.</summary>
    public byte[]? Read(string path, int bytesMax)
    {
        if (!Names.TryGetValue(path, out PackEntry entry) || entry.Bytes > bytesMax)
        {
            return null;
        }

        byte[] content = new byte[entry.Bytes];
        return ReadExactly(_file, content, entry.ContentOffset) ? content : null;
    }

    /// <summary>Reads from a file's content into the buffer; the count read is shorter only at its end.</summary>
    public int ReadAt(in PackEntry entry, long position, Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, entry.Bytes - position);
        return count > 0 && ReadExactly(_file, buffer[..count], entry.ContentOffset + position) ? count : 0;
    }

    /// <summary>Whether the local header is the one that the central directory asks for.</summary>
    public bool HasRightHeader(in PackEntry entry)
    {
        byte[] expected = PackZip.LocalHeader(entry);
        byte[] actual = new byte[expected.Length];
        return ReadExactly(_file, actual, entry.Offset) && actual.AsSpan().SequenceEqual(expected);
    }

    /// <summary>SHA-256 of a file's content in lower-case hexadecimal.</summary>
    public string HashOf(in PackEntry entry)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[(int)Math.Min(BlockBytes, Math.Max(1, entry.Bytes))];
        for (long position = 0; position < entry.Bytes;)
        {
            int read = ReadAt(entry, position, block);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(block, 0, read);
            position += read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => _file.Dispose();

    private static BilingualText? TryReadEntries(SafeFileHandle file, out List<PackEntry> entries)
    {
        entries = [];
        long length = RandomAccess.GetLength(file);
        byte[] last = new byte[(int)Math.Min(length, PackZip.TailBytes)];
        if (!ReadExactly(file, last, length - last.Length) || PackZip.FindCentral(last) is var central && (central < 0 || central > length))
        {
            return new BilingualText("结尾与佐证包不符：不是佐证包、被截断或被追加了内容", "it does not end as a pack does: not a pack, cut short, or something was appended");
        }

        if (length - central > CentralBytesMax)
        {
            return new BilingualText("目录过大，不是佐证包", "its central directory is larger than any pack's");
        }

        byte[] tail = new byte[(int)(length - central)];
        if (!ReadExactly(file, tail, central) || !PackZip.TryReadCentral(tail, entries))
        {
            return new BilingualText("压缩包目录无法读取", "its central directory cannot be read");
        }

        return Check(entries, tail, central);
    }

    private static BilingualText? Check(List<PackEntry> entries, byte[] tail, long central)
    {
        HashSet<string> paths = new(StringComparer.OrdinalIgnoreCase);
        long offset = 0;
        foreach (PackEntry entry in entries)
        {
            if (!PackPath.IsSafe(entry.Path))
            {
                return new BilingualText($"含有不允许的文件名“{entry.Path}”", $"it has a file with the name '{entry.Path}', which no pack may have");
            }

            if (!paths.Add(entry.Path))
            {
                return new BilingualText($"{entry.Path} 出现两次", $"{entry.Path} stands in it twice");
            }

            if (entry.Offset != offset || entry.Bytes > PackZip.EntryBytesMax)
            {
                return new BilingualText($"{entry.Path} 没有紧接在前一文件之后", $"{entry.Path} does not begin where the file before ends");
            }

            offset = entry.End;
        }

        return offset != central ? new BilingualText("最后一个文件与目录之间有多余内容", "there is something between its last file and its central directory")
            : !PackZip.Tail(entries, central).AsSpan().SequenceEqual(tail) ? new BilingualText("目录与佐证包的写法不符：其中字节被改动", "its central directory is not written as a pack's: bytes in it were changed")
            : null;
    }

    private static bool ReadExactly(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }
}
