namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>What has arrived on a stream and is not consumed yet.</summary>
/// <param name="sizeMax">It holds no more; whoever reads frames from it must consume before.</param>
internal sealed class StreamBuffer(int sizeMax)
{
    private readonly byte[] _bytes = new byte[sizeMax];
    private int _from;
    private int _to;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_from, _to - _from);

    public void Consume(int count) => _from += count;

    /// <summary>Waits for more.</summary>
    /// <param name="idleMost">How long the peer may be silent.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="TimeoutException">The peer was silent for too long.</exception>
    public async ValueTask<bool> FillAsync(Stream stream, TimeSpan idleMost, TimeProvider time, CancellationToken stop)
    {
        if (_from > 0)
        {
            Unread.CopyTo(_bytes);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _bytes.Length)
        {
            // No frame fits: what is there is noise.
            _to = 0;
        }

        // The source's own timer: one of ours could fire while the bytes arrive, cancel a source that is gone by then, and end the process.
        using var patience = new CancellationTokenSource(idleMost, time);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            int read = await stream.ReadAsync(_bytes.AsMemory(_to), silence.Token).ConfigureAwait(false);
            _to += read;
            return read > 0;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {idleMost.TotalSeconds:0.#} s");
        }
    }
}
