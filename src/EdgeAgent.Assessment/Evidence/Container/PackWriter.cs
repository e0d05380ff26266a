using System.Security.Cryptography;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Evidence.Container;

/// <summary>Writes the files of a pack one after the other, hashing on the way; memory does not grow with them.</summary>
internal sealed class PackWriter(FileStream output) : Chains.IPackContent, IDisposable
{
    private readonly List<PackEntry> _entries = [];
    private readonly List<PackFile> _files = [];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _path;
    private long _offset;
    private long _bytes;
    private Crc32 _crc;

    public IReadOnlyList<PackFile> Files => _files;

    public IReadOnlyList<PackEntry> Entries => _entries;

    /// <summary>Reads back what was written and flushed.</summary>
    public int ReadAt(in PackEntry entry, long position, Span<byte> buffer)
    {
        int count = (int)Math.Max(0, Math.Min(buffer.Length, entry.Bytes - position));
        int done = 0;
        while (done < count && RandomAccess.Read(output.SafeFileHandle, buffer[done..count], entry.ContentOffset + position + done) is > 0 and var read)
        {
            done += read;
        }

        return done;
    }

    public void Add(string path, ReadOnlySpan<byte> content)
    {
        Begin(path);
        Write(content);
        End();
    }

    public void Begin(string path)
    {
        if (!PackPath.IsSafe(path) || _files.Exists(f => f.Path == path))
        {
            throw new ArgumentException($"'{path}' is no name for a file of a pack, or it is there already.", nameof(path));
        }

        _path = path;
        _offset = output.Position;
        _bytes = 0;
        _crc = default;
        output.Write(PackZip.LocalHeader(new PackEntry(path, _offset, 0, 0)));
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        _bytes += content.Length;
        if (_bytes > PackZip.EntryBytesMax)
        {
            throw new InvalidOperationException($"{_path} grows beyond what a file of a pack may have ({PackZip.EntryBytesMax} bytes).");
        }

        _hash.AppendData(content);
        _crc.Append(content);
        output.Write(content);
    }

    public void End()
    {
        PackEntry entry = new(_path!, _offset, _bytes, _crc.Value);
        long end = output.Position;
        output.Position = _offset;
        output.Write(PackZip.LocalHeader(entry));
        output.Position = end;
        _entries.Add(entry);
        _files.Add(new PackFile(entry.Path, _bytes, entry.Crc.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexStringLower(_hash.GetHashAndReset())));
    }

    /// <summary>Adds manifest and signature, and ends the container.</summary>
    public void Finish(ReadOnlySpan<byte> manifest, IBatchSigner signer)
    {
        byte[] signature = new byte[BatchFormat.SignatureBytes];
        signer.Sign(SHA256.HashData(manifest), signature);
        Add(PackLayout.Manifest, manifest);
        Add(PackLayout.Signature, signature);
        output.Write(PackZip.Tail(_entries, output.Position));
        output.Flush(flushToDisk: true);
    }

    public void Dispose() => _hash.Dispose();
}
