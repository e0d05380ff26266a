using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>A running line of meters.</summary>
internal sealed class Cjt188Endpoint(Cjt188Client client, MeterReader[] readers) : IPolledEndpoint
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

    /// <summary>CJ/T 188 has nothing in which a device says that it is simulated; the configuration says it by its provenance.</summary>
    public bool IsSimulated(int device) => false;

    /// <summary>Lets go of the line.</summary>
    public void Release() => client.Dispose();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
