using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Asking;

/// <summary>Reads the tags of one scan group from a meter.</summary>
internal interface IMeterReader
{
    ValueTask<ScanOutcome> ScanAsync(int probeDeadlineMs, ReadingBatch into, CancellationToken cancellation);
}

/// <summary>A running line of meters.</summary>
internal sealed class MeterLineEndpoint(ILineClient client, IMeterReader[] readers, IIdentityReader identity) : IPolledEndpoint
{
    public bool IsConnected => client.IsConnected;

    public TimeSpan? LineBusy => client.Busy;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (LineOpenException exception)
        {
            throw new EndpointConnectException(exception.Message, exception);
        }
    }

    public ValueTask DisconnectAsync()
    {
        client.Disconnect();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation) =>
        readers[request.Group].ScanAsync(request.ProbeDeadlineMs, into, cancellation);

    /// <summary>Meters have nothing in which they say that they are simulated; the configuration says it by its provenance.</summary>
    public bool IsSimulated(int device) => false;

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => identity.ReadAsync(device, cancellation);

    /// <summary>A line has one owner: an endpoint that ran before lets go of it, so nothing is handed over.</summary>
    public static void Release(IPolledEndpoint? previous) => (previous as MeterLineEndpoint)?.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Dispose() => client.Dispose();
}
