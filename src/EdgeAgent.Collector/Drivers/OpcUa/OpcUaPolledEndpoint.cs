using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa;

/// <summary>A server that is asked for the values of each scan.</summary>
internal sealed class OpcUaPolledEndpoint : IPolledEndpoint, IShowsFrames
{
    private readonly OpcUaClient _client;
    private readonly TagReader[] _readers;
    private readonly FrameMemory _frames;
    private bool _isSimulated;

    public OpcUaPolledEndpoint(OpcUaPolledPlan plan, EndpointServices services)
    {
        _frames = new FrameMemory(plan.Devices.Count, services.Time);
        _client = OpcUaClients.Make(plan.Settings, plan.Addresses, services.Time, new ServiceTrace(_frames));
        var lookup = new NodeLookup(_client);
        _readers = [.. services.Groups.Select(group => new TagReader(_client, lookup, [.. group.TagIds.Select(id => plan.Tags[id])], services.Time))];
    }

    public bool IsConnected => _client.State == OpcUaClientState.Connected;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await DisconnectAsync().ConfigureAwait(false);
        try
        {
            await _client.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (OpcUaConnectException failure)
        {
            throw new EndpointConnectException(failure.Message, failure);
        }
        _isSimulated = await ServerIdentity.IsSimulatorAsync(_client, cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisconnectAsync() => await _client.DisconnectAsync().ConfigureAwait(false);

    public async ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation)
    {
        StatusCode status = await _readers[request.Group].ReadAsync(into, cancellation).ConfigureAwait(false);
        // The client may notice the loss a moment later than the request that it cost.
        bool isLost = status.IsBad && (!IsConnected || status.Code.Value is StatusCodes.BadConnectionClosed or StatusCodes.BadNotConnected);
        return isLost ? new ScanOutcome(ScanAnswer.ConnectionLost, _client.LastProblem is { Length: > 0 } problem ? problem : $"the connection was lost ({status})")
            : status.Code.Value == StatusCodes.BadTimeout ? new ScanOutcome(ScanAnswer.Silent, "the server did not answer in time")
            : new ScanOutcome(ScanAnswer.Answered, status.IsBad ? $"the server would not be read ({status})" : null);
    }

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => _isSimulated;

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => ServerIdentity.ReadAsync(_client, cancellation);

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
