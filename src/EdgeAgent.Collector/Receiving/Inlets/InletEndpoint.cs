using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>An endpoint whose readings come over a line; the driver gives what serves a stream.</summary>
/// <param name="frames">Gets what the driver notes of the streams.</param>
internal abstract class InletEndpoint(IInlet inlet, ReadingInbox inbox, FrameMemory frames) : IPushedEndpoint, IShowsFrames
{
    public bool IsConnected => inlet.IsOpen;

    protected ReadingInbox Inbox { get; } = inbox;

    protected FrameMemory Frames { get; } = frames;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        Inbox.Begin();
        await inlet.OpenAsync(ServeAsync, Inbox.Lose, cancellation).ConfigureAwait(false);
    }

    public ValueTask DisconnectAsync() => inlet.CloseAsync();

    public ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation) => Inbox.ReceiveAsync(into, cancellation);

    /// <summary>Devices on such lines have no sign of life but what they send.</summary>
    public bool Vouches(int group) => false;

    public IReadOnlyList<WireFrame> FramesOf(int device) => Frames.Of(device);

    public bool IsSimulated(int device) => false;

    public ValueTask DisposeAsync() => inlet.CloseAsync();

    /// <summary>Reads the stream until it ends, adding to the inbox.</summary>
    /// <param name="peer">For people.</param>
    protected abstract Task ServeAsync(Stream stream, string peer, CancellationToken stop);
}
