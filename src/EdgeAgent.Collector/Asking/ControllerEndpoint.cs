using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Tcp;

namespace EdgeAgent.Collector.Asking;

/// <summary>Reads the tags of one scan group from a controller.</summary>
internal interface IGroupReader
{
    /// <param name="connection">Number of the connection; what was learnt over one may be wrong over the next.</param>
    ValueTask<ScanOutcome> ScanAsync(long connection, ReadingBatch into, CancellationToken cancellation);
}

/// <summary>A running connection to a controller and the machines behind it. Their scans take turns, because the client takes one request at a time.</summary>
/// <typeparam name="TClient">The driver's client.</typeparam>
/// <typeparam name="TOptions">What the client was made with: endpoints with equal ones can take each other's connection over.</typeparam>
/// <param name="deviceOfGroup">Whose tags each of the readers reads.</param>
/// <param name="frames">Gets what goes over the connection.</param>
internal sealed class ControllerEndpoint<TClient, TOptions>(
    TOptions options, TClient client, IGroupReader[] readers, IIdentityReader identity, int[] deviceOfGroup, FrameMemory frames) : IPolledEndpoint, IShowsFrames
    where TClient : class, IRequestClient
    where TOptions : IEquatable<TOptions>
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly QuestionTrace _trace = TraceOf(client, frames);
    private TClient? _client = client;
    private long _connection;

    public bool IsConnected => _client is { IsConnected: true };

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        _trace.Device = FrameMemory.Connection;
        try
        {
            await Client.ConnectAsync(cancellation).ConfigureAwait(false);
            _connection++;
        }
        catch (RequestConnectException e)
        {
            throw new EndpointConnectException(e.Message, e);
        }
    }

    public ValueTask DisconnectAsync()
    {
        Client.Disconnect();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        _trace.Device = deviceOfGroup[request.Group];
        try
        {
            return await readers[request.Group].ScanAsync(_connection, into, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public IReadOnlyList<WireFrame> FramesOf(int device) => frames.Of(device);

    /// <summary>Controllers do not say that they are simulated; the endpoint's configuration does.</summary>
    public bool IsSimulated(int device) => false;

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => identity.ReadAsync(device, cancellation);

    /// <summary>The client of an endpoint that ran before, when it was made with the same options; that endpoint is then of no more use.</summary>
    /// <remarks>A controller has few connections: one that stands is taken over rather than a second one opened.</remarks>
    public static TClient? TakeOver(IPolledEndpoint? previous, TOptions options)
    {
        if (previous is not ControllerEndpoint<TClient, TOptions> before || !before.Options.Equals(options))
        {
            return null;
        }

        TClient client = before.Client;
        before._client = null;
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    private TOptions Options => options;

    private static QuestionTrace TraceOf(TClient client, FrameMemory frames)
    {
        var trace = new QuestionTrace(frames);
        client.Trace = trace;
        return trace;
    }

    private TClient Client => _client ?? throw new ObjectDisposedException(nameof(ControllerEndpoint<,>));
}
