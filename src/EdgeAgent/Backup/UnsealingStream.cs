using System.Security.Cryptography;

namespace EdgeAgent.Backup;

/// <summary>Decrypts a sealed backup; nothing is handed out that was not authenticated.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly Stream _inner;
    private readonly byte[] _header = new byte[SealedFormat.HeaderBytes];
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[SealedFormat.ChunkBytes];
    private readonly byte[] _sealed = new byte[SealedFormat.ChunkBytes + SealedFormat.TagBytes];
    private readonly byte[] _ahead = new byte[1];
    private int _aheadCount;
    private int _taken;
    private int _filled;
    private long _chunk;
    private bool _ended;

    /// <exception cref="BackupException">It is too short, or its header makes no sense.</exception>
    public UnsealingStream(Stream inner, string passphrase)
    {
        _inner = inner;
        if (_inner.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false) < _header.Length)
        {
            throw new BackupException("The backup is damaged: it ends within its header.");
        }

        _cipher = SealedFormat.CipherOf(_header, passphrase);
        _aheadCount = _inner.Read(_ahead);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_taken == _filled && !_ended)
        {
            Unseal();
        }

        int part = Math.Min(buffer.Length, _filled - _taken);
        _plain.AsSpan(_taken, part).CopyTo(buffer);
        _taken += part;
        return part;
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Unseal()
    {
        _ahead.AsSpan(0, _aheadCount).CopyTo(_sealed);
        int length = _aheadCount + _inner.ReadAtLeast(_sealed.AsSpan(_aheadCount), _sealed.Length - _aheadCount, throwOnEndOfStream: false);
        _aheadCount = length == _sealed.Length ? _inner.Read(_ahead) : 0;
        bool isLast = _aheadCount == 0;
        int plain = length - SealedFormat.TagBytes;
        try
        {
            _cipher.Decrypt(
                SealedFormat.NonceOf(_chunk++, isLast), _sealed.AsSpan(0, Math.Max(0, plain)), _sealed.AsSpan(Math.Max(0, plain), Math.Min(length, SealedFormat.TagBytes)),
                _plain.AsSpan(0, Math.Max(0, plain)), _header);
        }
        catch (Exception wrong) when (wrong is AuthenticationTagMismatchException or ArgumentException)
        {
            throw new BackupException(_chunk == 1
                ? "The backup cannot be decrypted: the passphrase is another one, or the file was changed."
                : "The backup is damaged or was changed.", wrong);
        }

        (_taken, _filled, _ended) = (0, plain, isLast);
    }
}
