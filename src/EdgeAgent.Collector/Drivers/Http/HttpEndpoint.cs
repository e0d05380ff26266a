using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>A server and the devices that it stands for.</summary>
/// <remarks>HTTP has no connection to speak of: the first request stands for connecting, and any answer to it proves that the server is there.</remarks>
internal sealed class HttpEndpoint(HttpEndpointPlan plan, EndpointServices services) : IPolledEndpoint, IShowsFrames
{
    private readonly HttpGroupReader[] _readers = [.. services.Groups.Select(group =>
        new HttpGroupReader(group.Device, plan.Requests[group.Device], group.TagIds.Select(id => plan.Tags[id]), plan.Server.Settings, services.Time))];

    private readonly FrameMemory _frames = new(plan.Devices.Count, services.Time, Encoding.UTF8);
    private HttpSession? _session;

    public bool IsConnected => _session is not null;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await DisconnectAsync().ConfigureAwait(false);
        var session = new HttpSession(plan.Server, services.Time, _frames);
        HttpQuestion? first = plan.Requests.SelectMany(requests => requests).Select(request => request.Question).FirstOrDefault();
        if (first is not null)
        {
            HttpAnswer answer;
            try
            {
                answer = await session.AskAsync(FrameMemory.Connection, first, new HttpBody(plan.Server.Settings.ResponseBytesMax), plan.Server.Settings.ResponseTimeoutMs, cancellation).ConfigureAwait(false);
            }
            catch
            {
                session.Dispose();
                throw;
            }

            if (answer.Kind == HttpAnswerKind.Unreachable)
            {
                session.Dispose();
                throw new EndpointConnectException(answer.TextOf(first));
            }
        }

        _session = session;
    }

    public ValueTask DisconnectAsync()
    {
        _session?.Dispose();
        _session = null;
        return ValueTask.CompletedTask;
    }

    public ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation) =>
        _readers[request.Group].ScanAsync(_session, request.ProbeDeadlineMs, into, cancellation);

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    /// <summary>A server does not say that it is simulated; the endpoint's configuration does.</summary>
    public bool IsSimulated(int device) => false;

    public ValueTask DisposeAsync() => DisconnectAsync();
}
