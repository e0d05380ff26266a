using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Collector.Asking;

/// <summary>Notes requests and answers: method and path, status, the beginning of what came back.</summary>
/// <remarks>Headers are never noted, nor queries and the bodies of requests: keys are put there. Where a server sends our credentials back, or they stand in a
/// path, they are blotted out.</remarks>
internal sealed class HttpTrace
{
    /// <summary>A header may be no secret at all; to blot out each "1" of an answer would hide what is looked for.</summary>
    private const int HeaderCharactersLeast = 4;

    private readonly FrameMemory _frames;
    private readonly (string Text, byte[] Bytes)[] _secrets;

    public HttpTrace(FrameMemory frames, HttpServer server)
    {
        _frames = frames;
        _secrets = [.. SecretsOf(server).SelectMany(WaysToWrite).Distinct(StringComparer.Ordinal)
            .Where(secret => secret.Any(c => c != '*')).OrderByDescending(secret => secret.Length).Select(secret => (secret, Encoding.UTF8.GetBytes(secret)))];
    }

    public void Asked(int device, HttpQuestion question) => _frames.Sent(device, [], Blotted(question.Name), question.Body?.Length ?? 0);

    /// <param name="body">Of the answer, if it is Ok.</param>
    public void Answered(int device, in HttpAnswer answer, HttpBody body)
    {
        if (answer.Kind != HttpAnswerKind.Ok)
        {
            _frames.Received(device, [], Blotted(TextOf(answer)));
            return;
        }

        ReadOnlySpan<byte> whole = body.Bytes.Span;
        int kept = Math.Min(whole.Length, FrameMemory.BytesKept);
        _frames.Received(device, Blotted(whole, kept), "200 OK", whole.Length - kept);
    }

    private static string TextOf(in HttpAnswer answer) => answer.Kind switch
    {
        HttpAnswerKind.Silent => "no whole answer in time",
        HttpAnswerKind.Unreachable => $"no connection: {answer.Detail}",
        HttpAnswerKind.Broken => $"an answer that cannot be read: {answer.Detail}",
        HttpAnswerKind.TooLong => $"{answer.Status}, and more than {answer.Detail} bytes",
        _ => string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {(HttpStatusCode)answer.Status}{(answer.Detail is { } place ? $", look at {place}" : "")}"),
    };

    private static IEnumerable<string> SecretsOf(HttpServer server) =>
        new[] { server.Settings.Password?.Reveal(), server.Settings.Token?.Reveal(), server.Authorization?.Parameter }.OfType<string>()
            .Concat(server.Settings.Headers.Select(header => header.Value.Reveal()).Where(value => value.Length >= HeaderCharactersLeast));

    private static string[] WaysToWrite(string secret) => [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).Value];

    private string Blotted(string text) => _secrets.Aggregate(text, (said, secret) => said.Replace(secret.Text, "***", StringComparison.Ordinal));

    private ReadOnlySpan<byte> Blotted(ReadOnlySpan<byte> whole, int kept)
    {
        if (_secrets.Length == 0)
        {
            return whole[..kept];
        }

        // One secret more than is kept, so that none is cut in two before it is found.
        Span<byte> start = whole[..Math.Min(whole.Length, kept + _secrets.Max(secret => secret.Bytes.Length))].ToArray();
        foreach ((_, byte[] secret) in _secrets)
        {
            for (int at = start.IndexOf(secret); at >= 0; at = start.IndexOf(secret))
            {
                start.Slice(at, secret.Length).Fill((byte)'*');
            }
        }

        return start[..kept];
    }
}
