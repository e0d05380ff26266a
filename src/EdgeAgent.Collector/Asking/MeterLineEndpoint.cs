using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Asking;

/// <summary>Reads the tags of one scan group from a meter.</summary>
internal interface IMeterReader
{
    ValueTask<ScanOutcome> ScanAsync(int probeDeadlineMs, ReadingBatch into, CancellationToken cancellation);
}

/// <summary>A running line of meters.</summary>
internal sealed class MeterLineEndpoint : IPolledEndpoint, IShowsFrames
{
    private readonly ILineClient _client;
    private readonly IMeterReader[] _readers;
    private readonly IIdentityReader _identity;
    private readonly FrameMemory _frames;

    /// <param name="addresses">Of each meter, as it lies in a frame behind its first byte.</param>
    /// <param name="frames">Gets what goes over the line.</param>
    public MeterLineEndpoint(ILineClient client, IMeterReader[] readers, IIdentityReader identity, byte[][] addresses, FrameMemory frames)
    {
        (_client, _readers, _identity, _frames) = (client, readers, identity, frames);
        client.Trace = new MeterTrace(frames, addresses);
    }

    public bool IsConnected => _client.IsConnected;

    public TimeSpan? LineBusy => _client.Busy;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (LineOpenException exception)
        {
            throw new EndpointConnectException(exception.Message, exception);
        }
    }

    public ValueTask DisconnectAsync()
    {
        _client.Disconnect();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation) =>
        _readers[request.Group].ScanAsync(request.ProbeDeadlineMs, into, cancellation);

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    /// <summary>Meters have nothing in which they say that they are simulated; the configuration says it by its provenance.</summary>
    public bool IsSimulated(int device) => false;

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => _identity.ReadAsync(device, cancellation);

    /// <summary>A line has one owner: an endpoint that ran before lets go of it, so nothing is handed over.</summary>
    public static void Release(IPolledEndpoint? previous) => (previous as MeterLineEndpoint)?.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Dispose() => _client.Dispose();
}
