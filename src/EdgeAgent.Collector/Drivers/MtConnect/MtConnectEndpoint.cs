using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>An agent and its machines: <c>probe</c> once for each start of the agent, then <c>current</c> for each scan.</summary>
internal sealed class MtConnectEndpoint(MtConnectEndpointPlan plan, EndpointServices services) : IPolledEndpoint, IShowsFrames
{
    internal const string Accept = "text/xml, application/xml;q=0.9, */*;q=0.5";

    private readonly MtConnectGroupReader[] _readers = [.. services.Groups.Select(group =>
        new MtConnectGroupReader(plan, plan.Names[group.Device], [.. group.TagIds.Select(id => plan.Tags[id])], services.Time))];

    private readonly HttpQuestion _probe = Question(plan.Server, "probe");
    private readonly HttpQuestion[] _current = [.. plan.Names.Select(name => Question(plan.Server, name is null ? "current" : Uri.EscapeDataString(name) + "/current"))];
    private readonly SemaphoreSlim _probing = new(1);
    private readonly FrameMemory _frames = new(plan.Names.Count, services.Time, Encoding.UTF8);
    private HttpSession? _session;
    private volatile MtConnectModel? _model;

    public bool IsConnected => _session is not null;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await DisconnectAsync().ConfigureAwait(false);
        var session = new HttpSession(plan.Server, services.Time, _frames);
        try
        {
            (_, string? problem) = await ProbeAsync(session, cancellation).ConfigureAwait(false);
            if (problem is not null)
            {
                throw new EndpointConnectException(problem);
            }

            _session = session;
        }
        finally
        {
            if (_session is null)
            {
                session.Dispose();
            }
        }
    }

    public ValueTask DisconnectAsync()
    {
        _session?.Dispose();
        (_session, _model) = (null, null);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ScanOutcome> ScanAsync(ScanRequest request, ReadingBatch into, CancellationToken cancellation)
    {
        MtConnectGroupReader reader = _readers[request.Group];
        if (_session is not { } session || _model is not { } model)
        {
            return reader.Fail(Quality.BadNotConnected, "no connection yet", ScanAnswer.ConnectionLost, into);
        }

        int timeoutMs = plan.Server.Settings.ResponseTimeoutMs;
        int device = services.Groups[request.Group].Device;
        HttpQuestion question = _current[device];
        HttpAnswer answer = await session.AskAsync(
            device, question, reader.Body, request.ProbeDeadlineMs > 0 ? Math.Min(request.ProbeDeadlineMs, timeoutMs) : timeoutMs, cancellation).ConfigureAwait(false);
        if (answer.Kind != HttpAnswerKind.Ok)
        {
            ScanAnswer meaning = answer.Kind switch
            {
                HttpAnswerKind.Unreachable => ScanAnswer.ConnectionLost,
                HttpAnswerKind.Silent => ScanAnswer.Silent,
                _ => ScanAnswer.Answered,
            };
            return reader.Fail(answer.Quality, answer.TextOf(question), meaning, into);
        }

        if (!reader.TryRead(out MtConnectHeader? header, out string problem))
        {
            return reader.Fail(Quality.BadDecodingError, $"{question.Name}: {problem}", ScanAnswer.Answered, into);
        }

        if (header.InstanceId != model.Header.InstanceId)
        {
            // The agent started anew, perhaps with other devices: what its ids mean must be learnt again before a value is believed.
            (HttpAnswer probed, string? lost) = await ProbeAgainAsync(session, header.InstanceId, cancellation).ConfigureAwait(false);
            if (lost is not null)
            {
                return reader.Fail(
                    probed.Kind == HttpAnswerKind.Ok ? Quality.BadDecodingError : probed.Quality, lost,
                    probed.Kind == HttpAnswerKind.Unreachable ? ScanAnswer.ConnectionLost : ScanAnswer.Answered, into);
            }

            model = _model!;
        }

        return reader.Take(model, into);
    }

    public IReadOnlyList<KeyValuePair<string, string>> IdentityOf(int device) => MtConnectIdentity.Of(_model, plan.Names[device]);

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    /// <summary>The agent may say that its data are for tests (attribute testIndicator of the header).</summary>
    public bool IsSimulated(int device) => _model?.Header.IsTest ?? false;

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        _probing.Dispose();
    }

    private async ValueTask<(HttpAnswer Answer, string? Problem)> ProbeAgainAsync(HttpSession session, string instance, CancellationToken cancellation)
    {
        await _probing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Another machine's scan may have learnt it in the meantime.
            return _model?.Header.InstanceId == instance ? default : await ProbeAsync(session, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _probing.Release();
        }
    }

    private async ValueTask<(HttpAnswer Answer, string? Problem)> ProbeAsync(HttpSession session, CancellationToken cancellation)
    {
        var body = new HttpBody(plan.Server.Settings.ResponseBytesMax);
        HttpAnswer answer = await session.AskAsync(FrameMemory.Connection, _probe, body, plan.Server.Settings.ResponseTimeoutMs, cancellation).ConfigureAwait(false);
        if (answer.Kind != HttpAnswerKind.Ok)
        {
            return (answer, answer.TextOf(_probe));
        }

        if (!MtConnectReader.TryReadDevices(body.Bytes, out MtConnectModel? model, out string problem))
        {
            return (answer, $"{_probe.Name}: {problem}");
        }

        _model = model;
        return (answer, null);
    }

    private static HttpQuestion Question(HttpServer server, string path) => new(new Uri($"{server.Base}/{path}"), null, "", Accept);
}
