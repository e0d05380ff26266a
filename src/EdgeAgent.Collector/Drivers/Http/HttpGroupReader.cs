using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>Reads the tags of one scan group: each request that holds some of them once, and every tag exactly one reading, whatever happens on the way.</summary>
internal sealed class HttpGroupReader
{
    private readonly JsonAnswerReader[] _answers;
    private readonly HttpBody _body;
    private readonly HttpServerSettings _settings;
    private readonly int _device;
    private readonly TimeProvider _time;
    private string? _problem;

    public HttpGroupReader(int device, HttpRequest[] requests, IEnumerable<HttpTag> tags, HttpServerSettings settings, TimeProvider time)
    {
        _answers = [.. tags.GroupBy(tag => tag.Request).OrderBy(group => group.Key).Select(group => new JsonAnswerReader(requests[group.Key], [.. group]))];
        _body = new HttpBody(settings.ResponseBytesMax);
        (_device, _settings, _time) = (device, settings, time);
    }

    public async ValueTask<ScanOutcome> ScanAsync(HttpSession? session, int probeDeadlineMs, ReadingBatch into, CancellationToken cancellation)
    {
        string? problem = null;
        bool answered = false;
        for (int i = 0; i < _answers.Length; i++)
        {
            JsonAnswerReader reader = _answers[i];
            int timeoutMs = i == 0 && probeDeadlineMs > 0 ? Math.Min(probeDeadlineMs, _settings.ResponseTimeoutMs) : _settings.ResponseTimeoutMs;
            HttpAnswer answer = session is null
                ? new HttpAnswer(HttpAnswerKind.Unreachable, 0, "none yet")
                : await session.AskAsync(_device, reader.Question, _body, timeoutMs, cancellation).ConfigureAwait(false);
            long ticks = UnixTicks.Now(_time);
            if (answer.Kind == HttpAnswerKind.Ok)
            {
                answered = true;
                problem = reader.Take(_body.Bytes.Span, ticks, into) ?? problem;
                continue;
            }

            problem = answer.TextOf(reader.Question);
            bool isLost = answer.Kind == HttpAnswerKind.Unreachable;
            if (isLost || (answer.Kind == HttpAnswerKind.Silent && i == 0 && probeDeadlineMs > 0))
            {
                // What was not asked for shares the fate of what was.
                Fail(i, _answers.Length, answer.Quality, ticks, into);
                return new ScanOutcome(isLost ? ScanAnswer.ConnectionLost : ScanAnswer.Silent, Keep(problem));
            }

            answered |= answer.Kind != HttpAnswerKind.Silent;
            Fail(i, i + 1, answer.Quality, ticks, into);
        }

        return new ScanOutcome(answered || _answers.Length == 0 ? ScanAnswer.Answered : ScanAnswer.Silent, Keep(problem));
    }

    private void Fail(int first, int end, Quality quality, long ticks, ReadingBatch into)
    {
        for (int i = first; i < end; i++)
        {
            foreach (HttpTag tag in _answers[i].Tags)
            {
                into.Add(Reading.Failed(tag.Id, quality, ticks));
            }
        }
    }

    /// <summary>The same text as last time when it says the same, so that a lasting problem is one problem.</summary>
    private string? Keep(string? problem) => _problem = problem == _problem ? _problem : problem;
}
