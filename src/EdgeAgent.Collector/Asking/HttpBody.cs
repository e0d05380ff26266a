namespace EdgeAgent.Collector.Asking;

/// <summary>The body of an answer in a buffer that is used again and again.</summary>
internal sealed class HttpBody(int bytesMax)
{
    private const int FirstBytes = 4096;

    private byte[] _bytes = new byte[Math.Min(FirstBytes, bytesMax + 1)];
    private int _length;

    /// <summary>Without the mark that some servers put before UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length).Span.StartsWith("\uFEFF"u8) ? _bytes.AsMemory(3, _length - 3) : _bytes.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    /// <returns>False when there is more than permitted.</returns>
    public async ValueTask<bool> FillAsync(Stream stream, CancellationToken cancellation)
    {
        for (_length = 0; _length <= bytesMax;)
        {
            if (_length == _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(_bytes.Length * 2L, bytesMax + 1L));
            }

            int read = await stream.ReadAsync(_bytes.AsMemory(_length), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return true;
            }

            _length += read;
        }

        return false;
    }
}
