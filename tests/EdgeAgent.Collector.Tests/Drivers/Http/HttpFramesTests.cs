using System.Text;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.LastFrames;
using static EdgeAgent.Collector.Tests.Drivers.DriverAgent;

namespace EdgeAgent.Collector.Tests.Drivers.Http;

/// <summary>What is kept of requests and answers, and what never is.</summary>
public sealed class HttpFramesTests
{
    [Fact]
    public async Task Request_status_and_the_beginning_of_the_answer_are_kept()
    {
        await using var server = new ScriptedHttpServer();
        string body = $$"""{ "a": 1, "rest": "{{new string('x', 1000)}}" }""";
        server.Answer = _ => ScriptedHttpServer.Ok(body);
        await using IPolledEndpoint endpoint = HttpFixture.Open(
            "http-json", $$"""{ "url": "{{server.Url}}/api" }""", Device("d", """{ "requests": [ { "path": "status?key=12345" } ] }""", Tag("t", "$.a")));
        await endpoint.ConnectAsync(default);
        await HttpFixture.ScanAsync(endpoint);

        IReadOnlyList<WireFrame> frames = FramesOf(endpoint);
        Assert.Equal((false, "200 OK", body.Length, body[..FrameMemory.BytesKept]), (frames[0].Sent, frames[0].Meaning, frames[0].Bytes, frames[0].Text));
        Assert.Equal((true, $"GET {server.Url}/api/status", 0), (frames[1].Sent, frames[1].Meaning, frames[1].Bytes));

        server.Answer = _ => ScriptedHttpServer.Raw("404 Not Found", "nothing here"u8.ToArray());
        await HttpFixture.ScanAsync(endpoint);
        Assert.Equal("404 NotFound", FramesOf(endpoint)[0].Meaning);
    }

    [Theory]
    [InlineData("\"user\":\"reader\",\"password\":\"pa\\\"ss word\"")]
    [InlineData("\"token\":\"tok-en-123456\"")]
    [InlineData("\"headers\":[{\"name\":\"X-Api-Key\",\"value\":\"key-987654\"}]")]
    public async Task Credentials_are_not_kept_even_when_the_server_sends_them_back(string credentials)
    {
        await using var server = new ScriptedHttpServer();
        string[] secrets = ["pa\"ss word", "pa\\u0022ss word", "pa%22ss%20word", Convert.ToBase64String("reader:pa\"ss word"u8), "tok-en-123456", "key-987654", "body-secret"];
        server.Answer = target => ScriptedHttpServer.Ok(
            $$"""{ "a": 1, "echo": "{{string.Join('|', secrets).Replace("\"s", "\\u0022s", StringComparison.Ordinal)}}", "pad": "{{new string('x', 180)}}", "cut": "{{secrets[3]}}{{secrets[4]}}{{secrets[5]}}" }""");
        await using IPolledEndpoint endpoint = HttpFixture.Open(
            "http-json", $$"""{ "url": "{{server.Url}}", {{credentials}} }""",
            Device("d", """{ "requests": [ { "path": "tok-en-123456/key-987654", "method": "post", "body": "{\"login\":\"body-secret\"}" } ] }""", Tag("t", "$.a")));
        await endpoint.ConnectAsync(default);
        await HttpFixture.ScanAsync(endpoint);

        string sent = server.Requests.First();
        string[] ours = [.. secrets.Where(secret => credentials.Contains(secret, StringComparison.Ordinal) || (credentials.Contains("reader", StringComparison.Ordinal) && !secret.Contains('-')))];
        Assert.NotEmpty(ours);
        Assert.Contains("body-secret", sent, StringComparison.Ordinal);
        IReadOnlyList<WireFrame> frames = FramesOf(endpoint);
        Assert.Contains("\"a\": 1", frames[0].Text, StringComparison.Ordinal);
        string all = string.Join('\n', frames.Select(frame => $"{frame.Meaning} {frame.Text} {Encoding.Latin1.GetString(frame.Start.Span)}"));
        Assert.All(ours, secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));

        // Nor the beginning of one that the limit cuts in two.
        Assert.All(ours, secret => Assert.DoesNotContain(secret[..6], frames[0].Text, StringComparison.Ordinal));
        Assert.All(frames.Where(frame => frame.Sent), frame => Assert.Equal(0, frame.Start.Length));
        Assert.DoesNotContain("login", all, StringComparison.Ordinal);
    }

    private static IReadOnlyList<WireFrame> FramesOf(IPolledEndpoint endpoint) => ((IShowsFrames)endpoint).FramesOf(0);
}
