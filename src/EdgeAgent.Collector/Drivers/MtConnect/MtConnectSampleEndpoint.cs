using System.Globalization;
using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>An agent that is asked for every change: <c>current</c> once, then <c>sample</c> from the next sequence number on, again and again.</summary>
/// <remarks>The agent keeps changes in a ring. What it overwrote before it was asked for is counted; after a time without answers what it still
/// has is told as of its own time, and then the present values.</remarks>
internal sealed class MtConnectSampleEndpoint : IPushedEndpoint, IShowsFrames
{
    private readonly MtConnectSamplePlan _plan;
    private readonly TimeProvider _time;
    private readonly MtConnectSampleStream[] _streams;
    private readonly HttpQuestion _probe;
    private readonly HttpBody _body;
    private readonly FrameMemory _frames;
    private HttpSession? _session;
    private MtConnectModel? _model;
    private int _turn;
    private bool _isBehind;
    private long _answeredStamp;
    private volatile bool _isUnderstood;

    public MtConnectSampleEndpoint(MtConnectSamplePlan plan, EndpointServices services)
    {
        (_plan, _time) = (plan, services.Time);
        _frames = new FrameMemory(plan.Names.Count, services.Time, Encoding.UTF8);
        _probe = new HttpQuestion(new Uri($"{plan.Server.Base}/probe"), null, "", MtConnectEndpoint.Accept);
        _body = new HttpBody(plan.Server.Settings.ResponseBytesMax);
        _streams = [.. plan.Names.Select((name, device) => new MtConnectSampleStream(device, name, plan.TagsOf(device), plan.Server, plan.Settings.SampleCount))];
    }

    public bool IsConnected => _session is not null;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        await DisconnectAsync().ConfigureAwait(false);
        var session = new HttpSession(_plan.Server, _time, _frames);
        try
        {
            await LearnAsync(session, cancellation).ConfigureAwait(false);
            _session = session;
            (_turn, _isBehind) = (0, true);
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
        _session = null;
        _isUnderstood = false;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PushOutcome> ReceiveAsync(ReadingBatch into, CancellationToken cancellation)
    {
        while (_session is { } session)
        {
            if (_turn == _streams.Length)
            {
                _turn = 0;
                if (!_isBehind)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(_plan.Settings.SampleMs), _time, cancellation).ConfigureAwait(false);
                }

                _isBehind = false;
            }

            if (await AskAsync(session, _streams[_turn], into, cancellation).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }
        }

        return new PushOutcome(PushKind.ConnectionLost, -1, "no connection");
    }

    /// <summary>An agent that answers has told every change.</summary>
    public bool Vouches(int group) =>
        _isUnderstood && _time.GetElapsedTime(Volatile.Read(ref _answeredStamp)).TotalMilliseconds < (2 * _plan.Settings.SampleMs) + _plan.Server.Settings.ResponseTimeoutMs;

    public IReadOnlyList<KeyValuePair<string, string>> IdentityOf(int device) => MtConnectIdentity.Of(_model, _plan.Names[device]);

    public IReadOnlyList<WireFrame> FramesOf(int device) => _frames.Of(device);

    public bool IsSimulated(int device) => _model?.Header.IsTest ?? false;

    public ValueTask DisposeAsync() => DisconnectAsync();

    /// <summary>Asks one stream what is new, and goes to the next one when it has told all.</summary>
    /// <returns>Null when there is nothing to tell.</returns>
    private async ValueTask<PushOutcome?> AskAsync(HttpSession session, MtConnectSampleStream stream, ReadingBatch into, CancellationToken cancellation)
    {
        bool asksCurrent = stream.Next < 0 || (stream.WantsCurrent && !stream.IsCatchingUp);
        HttpQuestion question = asksCurrent ? stream.Current : stream.Sample;
        HttpAnswer answer = await session.AskAsync(stream.Index, question, _body, _plan.Server.Settings.ResponseTimeoutMs, cancellation).ConfigureAwait(false);
        if (answer.Kind is HttpAnswerKind.Unreachable or HttpAnswerKind.Silent)
        {
            await DisconnectAsync().ConfigureAwait(false);
            return new PushOutcome(PushKind.ConnectionLost, -1, answer.TextOf(question));
        }

        long now = UnixTicks.Now(_time);
        if (answer.Kind != HttpAnswerKind.Ok)
        {
            return Refused(stream, answer, asksCurrent, answer.TextOf(question), now, into);
        }

        if (!stream.TryRead(_body, out MtConnectHeader? header, out string problem))
        {
            return Refused(stream, answer, asksCurrent, $"{question.Name}: {problem}", now, into);
        }

        if (header.InstanceId != _model!.Header.InstanceId)
        {
            // Numbers begin anew, and ids may mean something else.
            await DisconnectAsync().ConfigureAwait(false);
            return new PushOutcome(PushKind.ConnectionLost, -1, "the agent started anew; what changed between its last answer and its end is lost");
        }

        Volatile.Write(ref _answeredStamp, _time.GetTimestamp());
        _isUnderstood = true;
        return asksCurrent ? TakeCurrent(stream, header, now, into) : TakeSample(stream, header, now, into);
    }

    private PushOutcome TakeCurrent(MtConnectSampleStream stream, MtConnectHeader header, long now, ReadingBatch into)
    {
        long gap = stream.TakeCurrent(header, now, into);
        _turn++;
        return new PushOutcome(PushKind.Live, stream.Index, gap > 0 ? Overwritten(gap) : stream.Problem, (int)Math.Min(gap, int.MaxValue));
    }

    private PushOutcome? TakeSample(MtConnectSampleStream stream, MtConnectHeader header, long now, ReadingBatch into)
    {
        bool wasCatchingUp = stream.IsCatchingUp;
        long gap = stream.TakeSample(header, now, into);
        bool hasMore = header.LastSequence >= stream.Next;
        _isBehind |= hasMore;
        stream.IsCatchingUp &= hasMore;
        if (!wasCatchingUp && !stream.WantsCurrent)
        {
            _turn++;
        }

        // Of what was overwritten nobody knows when it was, so values do not stand until the next one.
        PushKind kind = !wasCatchingUp ? PushKind.Live : gap > 0 ? PushKind.BackFilled : PushKind.BackFilledWithoutGaps;
        return gap > 0
            ? new PushOutcome(kind, stream.Index, Overwritten(gap), (int)Math.Min(gap, int.MaxValue))
            : into.Count > 0 ? new PushOutcome(kind) : null;
    }

    private PushOutcome? Refused(MtConnectSampleStream stream, HttpAnswer answer, bool asksCurrent, string problem, long now, ReadingBatch into)
    {
        // Agents say so with a status, with an error document, or with both.
        if (!asksCurrent && (answer is { Kind: HttpAnswerKind.Refused, Status: 400 or 404 } || problem.Contains("OUT_OF_RANGE", StringComparison.Ordinal)))
        {
            stream.Restart();
            return null;
        }

        bool isNew = _isUnderstood || !stream.WantsCurrent;
        _isUnderstood = false;
        _turn++;
        if (!isNew)
        {
            return null;
        }

        stream.Fail(answer.Kind == HttpAnswerKind.Ok ? Quality.BadDecodingError : answer.Quality, now, into);
        return new PushOutcome(PushKind.Live, stream.Index, problem);
    }

    private async ValueTask LearnAsync(HttpSession session, CancellationToken cancellation)
    {
        HttpAnswer answer = await session.AskAsync(FrameMemory.Connection, _probe, _body, _plan.Server.Settings.ResponseTimeoutMs, cancellation).ConfigureAwait(false);
        if (answer.Kind != HttpAnswerKind.Ok)
        {
            throw new EndpointConnectException(answer.TextOf(_probe));
        }

        if (!MtConnectReader.TryReadDevices(_body.Bytes, out MtConnectModel? model, out string problem))
        {
            throw new EndpointConnectException($"{_probe.Name}: {problem}");
        }

        bool isSame = _model?.Header.InstanceId == model.Header.InstanceId;
        _model = model;
        foreach (MtConnectSampleStream stream in _streams)
        {
            stream.Begin(model, isSame);
        }
    }

    private static string Overwritten(long observations) => string.Create(CultureInfo.InvariantCulture,
        $"the agent overwrote {observations} observations before they were read: raise its buffer size, or ask more often (sampleMs)");
}
