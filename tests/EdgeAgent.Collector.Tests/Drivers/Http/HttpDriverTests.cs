using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using static EdgeAgent.Collector.Tests.Drivers.DriverAgent;

namespace EdgeAgent.Collector.Tests.Drivers.Http;

public sealed class HttpDriverTests
{
    private const string OneRequest = """{ "requests": [ { "path": "status" } ] }""";

    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "Http", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("""{ "url": "ftp://h" }""", OneRequest, "$.a", "no address of a server")]
    [InlineData("""{ "url": "http://u:p@h" }""", OneRequest, "$.a", "a user in the address")]
    [InlineData("""{ "url": "http://h/?a=b" }""", OneRequest, "$.a", "a query in the address")]
    [InlineData("""{ "url": "https://h" }""", OneRequest, "$.a", "nothing says which certificate to trust")]
    [InlineData("""{ "url": "https://h", "tls": { "pinnedSha256": "12" } }""", OneRequest, "$.a", "no SHA-256")]
    [InlineData("""{ "url": "https://h", "tls": { "caFile": "/nowhere.pem" } }""", OneRequest, "$.a", "/nowhere.pem")]
    [InlineData("""{ "url": "http://h", "tls": { "caFile": "/etc/hosts" } }""", OneRequest, "$.a", "without TLS")]
    [InlineData("""{ "url": "http://h", "user": "u" }""", OneRequest, "$.a", "password")]
    [InlineData("""{ "url": "http://h", "user": "u", "password": "p", "token": "t" }""", OneRequest, "$.a", "a user and a token")]
    [InlineData("""{ "url": "http://h", "headers": [ { "name": "bad name", "value": "v" } ] }""", OneRequest, "$.a", "no header")]
    [InlineData("""{ "url": "http://h", "headers": [ { "name": "Authorization", "value": "v" } ], "token": "t" }""", OneRequest, "$.a", "make this header already")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [] }""", "$.a", "has no request")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "path": "http://other/x" } ] }""", "$.a", "no address at that server")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "body": "x" } ] }""", "$.a", "a get sends no body")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "contentType": "x y" } ] }""", "$.a", "no type of a body")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "time": "$.." } ] }""", "$.a", "a name is missing")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "ageMaxMs": 5 } ] }""", "$.a", "its age is not known")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "encoding": "ebcdic" } ] }""", "$.a", "ebcdic")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "name": "a" }, { "name": "a" } ] }""", "a:$.a", "is there twice")]
    [InlineData("""{ "url": "http://h" }""", """{ "requests": [ { "name": "a" }, { "name": "b" } ] }""", "$.a", "names none of the device's requests")]
    [InlineData("""{ "url": "http://h" }""", OneRequest, "$.a[", "']' is missing")]
    public void What_is_wrong_is_named(string settings, string device, string address, string problem)
    {
        (_, ConfigErrors errors) = HttpFixture.Compile("http-json", settings, Device("d", device, Tag("t", address)));
        Assert.Contains(problem, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        (_, ConfigErrors errors) = HttpFixture.Compile("http-json", """{ "url": "x", "user": "u" }""", Device("d", """{ "requests": [ { "encoding": "e" } ] }""", Tag("a", "["), Tag("b", "$.b", TagType.Bytes)));
        Assert.Equal(5, errors.Total);
    }

    [Fact]
    public async Task Every_type_reads_exactly()
    {
        await using var server = new ScriptedHttpServer
        {
            Answer = _ => ScriptedHttpServer.Ok("""
                {"i":-9223372036854775808,"u":18446744073709551615,"big":18446744073709551616,"f":0.1,"half":1.5,"b":true,"one":1,"s":"\u6ce8\u5851","n":null,
                 "quoted":"42","o":{},"long":1e400,"name.with.dots":7,"list":[{"id":"T1","v":1},{"id":"T2","v":2}],"half2":"\ud800"}
                """, "Content-Type: text/plain\r\n"),
        };
        TagConfig[] tags =
        [
            Tag("i", "$.i", TagType.Int64), Tag("u", "u", TagType.UInt64), Tag("big", "big", TagType.UInt64), Tag("f", "f"), Tag("half", "half", TagType.Int64),
            Tag("b", "b", TagType.Bool), Tag("one", "one", TagType.Bool), Tag("s", "s", TagType.String), Tag("n", "n"), Tag("quoted", "quoted"),
            Tag("quotedText", "quoted", TagType.String), Tag("o", "o"), Tag("long", "long"), Tag("dots", "['name.with.dots']", TagType.UInt16),
            Tag("list", "list[1].v"), Tag("where", "list[id=T2].v", TagType.Int32), Tag("gone", "$.gone"), Tag("half2", "half2", TagType.String), Tag("sf", "f", TagType.Float32),
        ];
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}" }""", Device("d", OneRequest, tags));
        await endpoint.ConnectAsync(default);
        (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
        Assert.Equal(
            ["-9223372036854775808", "18446744073709551615", "BadTypeMismatch", "0.1", "BadTypeMismatch", "true", "true", "注塑", "BadSensorFailure", "BadTypeMismatch", "42",
                "BadTypeMismatch", "BadTypeMismatch", "7", "2", "2", "BadOutOfService", "BadDecodingError", ((double)0.1f).ToString("R", null)],
            values.OrderBy(v => v.Key).Select(v => v.Value));
        Assert.Equal(ScanAnswer.Answered, outcome.Answer);
        Assert.Contains("tag 'gone': the answer has nothing at $.gone", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_requests_go_out_once_each_over_one_connection_with_credentials_and_headers()
    {
        await using var server = new ScriptedHttpServer { Answer = target => ScriptedHttpServer.Ok(target == "/api/a?x=1" ? "{\"v\":\"1\",\"w\":2}" : "[3]") };
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json",
            $$"""{ "url": "{{server.Url}}/api/", "user": "räder", "password": "p:w", "headers": [ { "name": "X-Key", "value": "k" } ] }""",
            Device("d", """{ "requests": [ { "name": "a", "path": "a?x=1", "numbersInText": true }, { "name": "b", "path": "/b", "method": "post", "body": "{\"q\":1}" } ] }""",
                Tag("v", "a:$.v"), Tag("w", "a:$.w"), Tag("x", "b:$[0]")));
        await endpoint.ConnectAsync(default);
        (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
        Assert.Null(outcome.Problem);
        Assert.Equal(["1", "2", "3"], values.OrderBy(v => v.Key).Select(v => v.Value));
        string[] requests = [.. server.Requests];
        Assert.Equal(3, requests.Length);
        Assert.StartsWith("GET /api/a?x=1 HTTP/1.1", requests[1], StringComparison.Ordinal);
        Assert.StartsWith("POST /api/b HTTP/1.1", requests[2], StringComparison.Ordinal);
        Assert.EndsWith("{\"q\":1}", requests[2], StringComparison.Ordinal);
        Assert.All(requests, r => Assert.Contains("Authorization: Basic " + Convert.ToBase64String("räder:p:w"u8), r, StringComparison.Ordinal));
        Assert.All(requests, r => Assert.Contains("X-Key: k", r, StringComparison.Ordinal));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("301 Moved", "Location: http://other/place?key=secret\r\n", "BadOutOfService", "look at http://other/place:")]
    [InlineData("204 No Content", "", "BadOutOfService", "answers 204")]
    [InlineData("400 Bad Request", "", "BadOutOfService", "does not understand")]
    [InlineData("401 Unauthorized", "", "BadOutOfService", "credentials")]
    [InlineData("403 Forbidden", "", "BadOutOfService", "may not read")]
    [InlineData("404 Not Found", "", "BadOutOfService", "nothing at this path")]
    [InlineData("405 Method Not Allowed", "", "BadNotSupported", "another method")]
    [InlineData("429 Too Many Requests", "", "BadOutOfService", "too often")]
    [InlineData("500 Internal Server Error", "", "BadDeviceFailure", "fault of its own")]
    [InlineData("501 Not Implemented", "", "BadNotSupported", "fault of its own")]
    [InlineData("502 Bad Gateway", "", "BadNoCommunication", "does not reach the device")]
    [InlineData("503 Service Unavailable", "", "BadOutOfService", "busy")]
    public async Task A_status_other_than_success_is_a_quality_and_an_advice(string status, string headers, string quality, string advice)
    {
        await using var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Raw(status, [], headers) };
        (ScanOutcome outcome, string value) = await OneAsync(server);
        Assert.Equal((ScanAnswer.Answered, quality), (outcome.Answer, value));
        Assert.Contains(advice, outcome.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.Problem, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> BrokenAnswers => new()
    {
        { "closes without a word", [], "cannot be read" },
        { "no http", "SSH-2.0-OpenSSH_9.2\r\n\r\n"u8.ToArray(), "cannot be read" },
        { "breaks off", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"v\":1"u8.ToArray(), "cannot be read" },
        { "a broken chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}"u8.ToArray(), "cannot be read" },
        { "no gzip", ScriptedHttpServer.Ok("{\"v\":1}", "Content-Encoding: gzip\r\n"), "cannot be read" },
        { "html", ScriptedHttpServer.Ok("<html>login</html>"), "no JSON: it begins with '<html>login" },
        { "nothing", ScriptedHttpServer.Ok(""), "no JSON" },
        { "half a document", ScriptedHttpServer.Ok("{\"v\":1"), "no JSON" },
        { "two documents", ScriptedHttpServer.Ok("{\"v\":1}{\"v\":2}"), "no JSON" },
        { "too deep", ScriptedHttpServer.Ok(new string('[', 5000)), "no JSON" },
        { "too long", ScriptedHttpServer.Ok($"{{\"v\":1,\"w\":\"{new string('x', 70_000)}\"}}"), "longer than 65536 bytes" },
        { "a bomb", ScriptedHttpServer.Raw("200 OK", Zip(new byte[2_000_000]), "Content-Encoding: gzip\r\n"), "longer than 65536 bytes" },
        { "endless headers", [.. "HTTP/1.1 200 OK\r\nX: "u8, .. Enumerable.Repeat((byte)'x', 100_000), .. "\r\n\r\n"u8], "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public async Task An_answer_that_cannot_be_read_is_a_decoding_error(string what, byte[] answer, string problem)
    {
        await using var server = new ScriptedHttpServer { Answer = _ => answer };
        (ScanOutcome outcome, string value) = await OneAsync(server, ", \"responseBytesMax\": 65536");
        Assert.True((ScanAnswer.Answered, "BadDecodingError") == (outcome.Answer, value), $"{what}: {outcome} {value}");
        Assert.Contains(problem, outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_a_timeout_and_costs_other_devices_nothing()
    {
        await using var server = new ScriptedHttpServer { Answer = target => target == "/slow" ? null : ScriptedHttpServer.Ok("{\"v\":1}") };
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}", "responseTimeoutMs": 1000 }""",
            Device("slow", """{ "requests": [ { "name": "s", "path": "slow" }, { "name": "t", "path": "slow" } ] }""", Tag("a", "s:$.v"), Tag("b", "t:$.v")),
            Device("quick", OneRequest, Tag("c", "$.v")));
        await endpoint.ConnectAsync(default);
        (ScanOutcome slow, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint, 0);
        Assert.Equal((ScanAnswer.Silent, "BadTimeout", "BadTimeout"), (slow.Answer, values[0], values[1]));
        Assert.Contains("no whole answer in time", slow.Problem, StringComparison.Ordinal);
        int before = server.Requests.Count;
        (slow, values, _) = await HttpFixture.ScanAsync(endpoint, 0, probeMs: 50);
        Assert.Equal((ScanAnswer.Silent, 2, before + 1), (slow.Answer, values.Count, server.Requests.Count));
        (ScanOutcome quick, values, _) = await HttpFixture.ScanAsync(endpoint, 1);
        Assert.Equal((ScanAnswer.Answered, "1"), (quick.Answer, values[2]));
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_connection_before_and_during_scans()
    {
        IPolledEndpoint endpoint;
        await using (var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Ok("{\"v\":1}", "Connection: close\r\n") })
        {
            endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}" }""", Device("d", OneRequest, Tag("v", "$.v")));
            Assert.Equal("BadNotConnected", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
            await endpoint.ConnectAsync(default);
            Assert.Equal("1", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
        }

        await using (endpoint)
        {
            (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
            Assert.Equal((ScanAnswer.ConnectionLost, "BadNotConnected"), (outcome.Answer, values[0]));
            EndpointConnectException e = await Assert.ThrowsAsync<EndpointConnectException>(() => endpoint.ConnectAsync(default).AsTask());
            Assert.Contains("no connection", e.Message, StringComparison.Ordinal);
            Assert.False(endpoint.IsConnected);
        }
    }

    [Fact]
    public async Task The_time_of_the_answer_is_kept_an_old_one_shows_and_nonsense_is_told()
    {
        string body = "";
        await using var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Ok(body) };
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}" }""",
            Device("d", """{ "requests": [ { "path": "x", "time": "t", "utcOffsetHours": 8, "ageMaxMs": 600000 } ] }""", Tag("v", "v")));
        await endpoint.ConnectAsync(default);
        body = "{\"v\":1,\"t\":\"2020-01-01 08:00:00\"}";
        (ScanOutcome outcome, Dictionary<int, string> values, ReadingBatch batch) = await HttpFixture.ScanAsync(endpoint);
        Assert.Equal(("1 UncertainLastUsableValue", UnixTicks.From(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))), (values[0], batch.Readings[0].SourceTicks));
        Assert.Contains("older than 600000 ms", outcome.Problem, StringComparison.Ordinal);

        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        body = $"{{\"t\":{now - 1000},\"v\":2}}";
        (outcome, values, batch) = await HttpFixture.ScanAsync(endpoint);
        Assert.Equal(("2", (now - 1000) * UnixTicks.PerMillisecond, null), (values[0], batch.Readings[0].SourceTicks, outcome.Problem));

        body = "{\"v\":3,\"t\":\"1970-01-01T00:00:00Z\"}";
        (outcome, values, batch) = await HttpFixture.ScanAsync(endpoint);
        Assert.Equal("3 UncertainLastUsableValue", values[0]);
        Assert.True(batch.Readings[0].SourceTicks >= now * UnixTicks.PerMillisecond);
        Assert.Contains("cannot be a time", outcome.Problem, StringComparison.Ordinal);

        body = "{\"v\":4}";
        Assert.Equal("4 UncertainLastUsableValue", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
    }

    [Fact]
    public async Task Without_a_limit_on_their_age_values_of_no_time_are_of_now()
    {
        await using var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Ok("{\"v\":5}") };
        await using IPolledEndpoint endpoint = HttpFixture.Open(
            "http-json", $$"""{ "url": "{{server.Url}}" }""", Device("d", """{ "requests": [ { "path": "x", "time": "t" } ] }""", Tag("v", "v")));
        await endpoint.ConnectAsync(default);
        Assert.Equal("5", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
    }

    [Fact]
    public async Task Answers_in_gb18030_and_with_a_mark_before_them_are_read()
    {
        byte[] chinese = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("{\"v\":\"运行\"}");
        await using var server = new ScriptedHttpServer { Answer = t => t == "/g" ? ScriptedHttpServer.Raw("200 OK", chinese) : ScriptedHttpServer.Ok("\uFEFF{\"v\":\"停止\"}") };
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}" }""",
            Device("d", """{ "requests": [ { "name": "g", "path": "g", "encoding": "gb18030" }, { "name": "u", "path": "u" } ] }""", Tag("g", "g:v", TagType.String), Tag("u", "u:v", TagType.String)));
        await endpoint.ConnectAsync(default);
        Dictionary<int, string> values = (await HttpFixture.ScanAsync(endpoint)).Values;
        Assert.Equal(("运行", "停止"), (values[0], values[1]));
    }

    [Fact]
    public async Task Certificates_are_checked_by_authority_or_pin()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority("another CA");
        (string file, string key, string sha) = authority.Issue("127.0.0.1");
        using X509Certificate2 loaded = X509Certificate2.CreateFromPemFile(file, key);
        await using var server = new ScriptedHttpServer(loaded) { Answer = _ => ScriptedHttpServer.Ok("{\"v\":1}") };
        Assert.Equal("1", (await OneAsync(server, $", \"tls\": {{ \"caFile\": \"{authority.CaFile}\" }}, \"token\": \"abc\"")).Value);
        Assert.Contains("Authorization: Bearer abc", server.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal("1", (await OneAsync(server, $", \"tls\": {{ \"pinnedSha256\": \"{sha}\" }}")).Value);
        EndpointConnectException e = await Assert.ThrowsAsync<EndpointConnectException>(() => OneAsync(server, $", \"tls\": {{ \"caFile\": \"{other.CaFile}\" }}"));
        Assert.Contains("not signed by an authority of the CA file", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<EndpointConnectException>(() => OneAsync(server, $", \"tls\": {{ \"pinnedSha256\": \"{new string('0', 64)}\" }}"));
        Assert.Contains("not the pinned one", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_server_to_stored_readings_while_it_answers_lies_and_vanishes()
    {
        int mode = 0;
        var server = new ScriptedHttpServer
        {
            Answer = _ => mode switch { 0 => ScriptedHttpServer.Ok("{\"v\":21.5}"), 1 => ScriptedHttpServer.Ok("<html>"), _ => ScriptedHttpServer.Raw("503 Busy", []) },
        };
        await using DriverAgent agent = await new DriverAgent("http-json", $$"""{ "url": "{{server.Url}}", "connectTimeoutMs": 20000, "responseTimeoutMs": 20000 }""",
            Device("collector", OneRequest, Tag("v", "$.v"))).StartAsync();
        await agent.UntilMoreGoodAsync("collector", 2);
        mode = 1;
        await agent.UntilAsync(_ => agent.Device("collector").Counts.Bad >= 1, "bad readings of an answer that is no JSON");
        mode = 2;
        long bad = agent.Device("collector").Counts.Bad;
        await agent.UntilAsync(_ => agent.Device("collector").Counts.Bad >= bad + 2, "bad readings of a busy server, of which the first may have been asked for before");
        mode = 0;
        await agent.UntilMoreGoodAsync("collector", 2);
        await server.DisposeAsync();
        long missing = agent.Device("collector").Counts.Bad + agent.Device("collector").Counts.Missed;
        await agent.UntilAsync(_ => agent.Device("collector").Counts.Bad + agent.Device("collector").Counts.Missed > missing, "nothing good of a server that is gone");
        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Contains(stored, r => r.Value == "21.5");
        Assert.Contains(stored, r => r.Value == "BadDecodingError");
        Assert.Contains(stored, r => r.Value == "BadOutOfService");
        Assert.Contains(stored, r => r.Value == "BadNotConnected");
    }

    private static async Task<(ScanOutcome Outcome, string Value)> OneAsync(ScriptedHttpServer server, string settings = "")
    {
        await using IPolledEndpoint endpoint = HttpFixture.Open("http-json", $$"""{ "url": "{{server.Url}}"{{settings}} }""", Device("d", OneRequest, Tag("v", "$.v")));
        await endpoint.ConnectAsync(default);
        (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
        return (outcome, values[0]);
    }

    private static byte[] Zip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
