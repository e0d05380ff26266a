using System.Security.Cryptography;

namespace EdgeAgent.Backup;

/// <summary>Encrypts what is written to it, chunk by chunk; complete only once it is disposed of.</summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream _inner;
    private readonly byte[] _header = SealedFormat.NewHeader();
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[SealedFormat.ChunkBytes];
    private readonly byte[] _sealed = new byte[SealedFormat.ChunkBytes + SealedFormat.TagBytes];
    private int _filled;
    private long _chunk;
    private bool _ended;

    public SealingStream(Stream inner, string passphrase)
    {
        _inner = inner;
        _cipher = SealedFormat.CipherOf(_header, passphrase);
        _inner.Write(_header);
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _plain.Length)
            {
                Seal(isLast: false);
            }

            int part = Math.Min(buffer.Length, _plain.Length - _filled);
            buffer[..part].CopyTo(_plain.AsSpan(_filled));
            _filled += part;
            buffer = buffer[part..];
        }
    }

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ended)
        {
            _ended = true;
            Seal(isLast: true);
            _cipher.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Seal(bool isLast)
    {
        Span<byte> sealedPart = _sealed.AsSpan(0, _filled);
        Span<byte> tag = _sealed.AsSpan(_filled, SealedFormat.TagBytes);
        _cipher.Encrypt(SealedFormat.NonceOf(_chunk++, isLast), _plain.AsSpan(0, _filled), sealedPart, tag, _header);
        _inner.Write(_sealed.AsSpan(0, _filled + SealedFormat.TagBytes));
        _filled = 0;
    }
}
