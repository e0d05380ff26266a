using System.Runtime.CompilerServices;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>A running connection to a controller and the machines behind it. Their scans take turns, because the client takes one request at a time.</summary>
internal sealed class MelsecEndpoint : IPolledEndpoint
{
    private readonly MelsecClientOptions _options;
    private readonly MelsecGroupReader[] _readers;
    private readonly SemaphoreSlim _turn = new(1);
    private MelsecClient? _client;
    private long _connection;

    public MelsecEndpoint(MelsecClientOptions options, MelsecClient client, MelsecEndpointPlan plan, EndpointServices services)
    {
        _options = options;
        _client = client;
        _readers = [.. services.Groups.Select(group =>
            new MelsecGroupReader(client, group.TagIds.Select(id => plan.Tags[id]), plan.DeviceSettings[group.Device], options.Frame, services.Time))];
    }

    public bool IsConnected => _client is { IsConnected: true };

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            await Client.ConnectAsync(cancellation).ConfigureAwait(false);
            _connection++;
        }
        catch (MelsecConnectException e)
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
        try
        {
            return await _readers[request.Group].ScanAsync(_connection, into, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A controller does not say that it is simulated; the endpoint's configuration does.</summary>
    public bool IsSimulated(int device) => false;

    /// <summary>Gives the client away when it has the same options; this endpoint is then of no more use.</summary>
    public MelsecClient? ReleaseClient(MelsecClientOptions options)
    {
        if (options != _options)
        {
            return null;
        }

        MelsecClient client = Client;
        _client = null;
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

    private MelsecClient Client => _client ?? throw new ObjectDisposedException(nameof(MelsecEndpoint));
}
