using System.Globalization;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Tests.Drivers.Http;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using static EdgeAgent.Collector.Tests.Drivers.DriverAgent;

namespace EdgeAgent.Collector.Tests.Drivers.MtConnect;

public sealed class MtConnectDriverTests
{
    private const string Time = "2025-11-13T08:30:00.123456Z";

    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "MtConnect", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("ftp://h", "x", "no address of a server")]
    [InlineData("http://h", "type:", "names no data item")]
    [InlineData("http://h", "type:A/B/C", "names no data item")]
    [InlineData("http://h", "type:A@", "names no data item")]
    public void What_is_wrong_is_named(string url, string address, string problem)
    {
        (_, ConfigErrors errors) = HttpFixture.Compile("mtconnect", $$"""{ "url": "{{url}}" }""", Device("d", "{}", Tag("t", address)));
        Assert.Contains(problem, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_machines_must_be_named()
    {
        (_, ConfigErrors errors) = HttpFixture.Compile("mtconnect", """{ "url": "http://h" }""", Device("a", "{}", Tag("t", "x")), Device("b", """{ "device": "B" }""", Tag("t", "x")));
        Assert.Contains("does not say which machine", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_events_and_conditions_are_read_with_their_times()
    {
        var agent = new MtConnectScript
        {
            Current = $"""
                <Samples><SpindleSpeed dataItemId="s1" sequence="10" subType="ACTUAL" timestamp="{Time}">1500.5</SpindleSpeed>
                <Position dataItemId="x1" sequence="11" timestamp="2025-11-13T08:30:00.123456789Z">-12.25</Position><Position dataItemId="y1" sequence="12" timestamp="{Time}">UNAVAILABLE</Position>
                <PathPosition dataItemId="p1" sequence="13" timestamp="{Time}">1 2 3</PathPosition></Samples>
                <Events><Execution dataItemId="e1" sequence="14" timestamp="{Time}">ACTIVE</Execution><PartCount dataItemId="n1" sequence="15" timestamp="{Time}">42</PartCount>
                <Program dataItemId="g1" sequence="16" timestamp="{Time}"/><Message dataItemId="m1" sequence="17" timestamp="{Time}"><![CDATA[a<b & ]]>注塑</Message>
                <VariableDataSet dataItemId="v1" sequence="18" timestamp="{Time}" count="2"><Entry key="a">1</Entry><Entry key="b">2</Entry></VariableDataSet></Events>
                <Condition><Warning dataItemId="c1" sequence="19" type="LOAD" timestamp="{Time}">high</Warning><Fault dataItemId="c1" sequence="20" nativeCode="2112" type="LOAD" timestamp="{Time}">overload</Fault>
                <Normal dataItemId="c2" sequence="21" type="TEMPERATURE" timestamp="{Time}"/><Unavailable dataItemId="c3" sequence="22" type="SYSTEM" timestamp="{Time}"/></Condition>
                """,
        };
        await using ScriptedHttpServer server = agent.Serve();
        TagConfig[] tags =
        [
            Tag("speed", "type:SPINDLE_SPEED/ACTUAL"), Tag("x", "Xact"), Tag("y", "type:POSITION/ACTUAL@Y"), Tag("path", "p1", TagType.String), Tag("execution", "e1", TagType.String),
            Tag("parts", "type:PART_COUNT", TagType.UInt32), Tag("program", "g1", TagType.String), Tag("message", "m1", TagType.String), Tag("set", "v1", TagType.String),
            Tag("load", "c1", TagType.String), Tag("loadLevel", "c1", TagType.Int32), Tag("temperature", "c2", TagType.String), Tag("system", "c3", TagType.String),
            Tag("wrongType", "e1"), Tag("two", "type:POSITION/ACTUAL"), Tag("none", "nowhere"), Tag("missing", "z1"), Tag("temperatureLevel", "c2", TagType.Int32),
        ];
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}" }""", Device("d", """{ "device": "VMC" }""", tags));
        await endpoint.ConnectAsync(default);
        (ScanOutcome outcome, Dictionary<int, string> values, ReadingBatch batch) = await HttpFixture.ScanAsync(endpoint);
        Assert.Equal(
            ["1500.5", "-12.25", "BadNoCommunication", "1 2 3", "ACTIVE", "42", "", "a<b & 注塑", "a=1 b=2", "Fault 2112 overload; Warning high", "2", "Normal",
                "BadNoCommunication", "BadDecodingError", "BadOutOfService", "BadOutOfService", "BadOutOfService", "0"],
            values.OrderBy(v => v.Key).Select(v => v.Value));
        Assert.Equal(ScanAnswer.Answered, outcome.Answer);
        long expected = UnixTicks.From(DateTimeOffset.Parse(Time, CultureInfo.InvariantCulture));
        Assert.Equal((expected, expected + 7), (batch.Readings[0].SourceTicks, batch.Readings[1].SourceTicks));
        Assert.Contains("GET /VMC/current", server.Requests.Last(), StringComparison.Ordinal);
        Assert.False(endpoint.IsSimulated(0));
    }

    [Theory]
    [InlineData("type:POSITION/ACTUAL", "can mean x1 of X, y1 of Y, z1 of Z; give the id")]
    [InlineData("nowhere", "the device has no data item 'nowhere'")]
    [InlineData("e1", "is no Float64; change the tag's type")]
    [InlineData("z1", "its answer does not have it")]
    public async Task What_is_wrong_with_a_tag_is_told(string address, string problem)
    {
        await using ScriptedHttpServer server = new MtConnectScript { Current = $"""<Events><Execution dataItemId="e1" sequence="1" timestamp="{Time}">ACTIVE</Execution></Events>""" }.Serve();
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}" }""", Device("d", "{}", Tag("t", address)));
        await endpoint.ConnectAsync(default);
        (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
        Assert.StartsWith("Bad", Assert.Single(values).Value, StringComparison.Ordinal);
        Assert.Contains(problem, outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_the_agent_does_not_have_is_told_with_those_that_it_has()
    {
        await using ScriptedHttpServer server = new MtConnectScript().Serve();
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}" }""", Device("d", """{ "device": "Lathe" }""", Tag("t", "x1")));
        await endpoint.ConnectAsync(default);
        Assert.Contains("the agent has no device 'Lathe'; it has VMC", (await HttpFixture.ScanAsync(endpoint)).Outcome.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html/>", "no MTConnect agent at this address")]
    [InlineData("{}", "no MTConnect document")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><MTConnectDevices>&b;</MTConnectDevices>", "no MTConnect document")]
    [InlineData("<MTConnectDevices/>", "no header")]
    [InlineData("<MTConnectError><Header/><Errors><Error errorCode=\"UNSUPPORTED\">bad path</Error></Errors></MTConnectError>", "the agent answers UNSUPPORTED: bad path")]
    public async Task Connecting_to_what_is_no_agent_says_so(string answer, string problem)
    {
        await using var server = new ScriptedHttpServer { Answer = _ => ScriptedHttpServer.Ok(answer) };
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}" }""", Device("d", "{}", Tag("t", "x1")));
        EndpointConnectException e = await Assert.ThrowsAsync<EndpointConnectException>(() => endpoint.ConnectAsync(default).AsTask());
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.False(endpoint.IsConnected);
        Assert.Equal("BadNotConnected", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_decoding_errors()
    {
        byte[]? answer = null;
        var script = new MtConnectScript();
        await using ScriptedHttpServer server = script.Serve();
        Func<string, byte[]?> right = server.Answer;
        server.Answer = target => target == "/probe" ? right(target) : answer;
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}", "responseTimeoutMs": 1000, "responseBytesMax": 20000 }""", Device("d", "{}", Tag("t", "x1")));
        await endpoint.ConnectAsync(default);
        foreach ((byte[] bytes, string quality, string problem) in new (byte[], string, string)[]
        {
            (ScriptedHttpServer.Ok("<MTConnectStreams><Header instanceId=\"1\"/><Streams>"), "BadDecodingError", "no MTConnect document"),
            (ScriptedHttpServer.Ok(string.Concat(Enumerable.Repeat("<MTConnectStreams>", 1000))), "BadDecodingError", "in one another"),
            (ScriptedHttpServer.Ok("<!DOCTYPE x><MTConnectStreams/>"), "BadDecodingError", "no MTConnect document"),
            (ScriptedHttpServer.Ok("<MTConnectError><Header/><Error errorCode=\"NO_DEVICE\">no VMC</Error></MTConnectError>"), "BadDecodingError", "NO_DEVICE: no VMC"),
            (ScriptedHttpServer.Ok(new string(' ', 30_000)), "BadDecodingError", "longer than 20000 bytes"),
            (ScriptedHttpServer.Raw("503 Busy", []), "BadOutOfService", "busy"),
        })
        {
            answer = bytes;
            (ScanOutcome outcome, Dictionary<int, string> values, _) = await HttpFixture.ScanAsync(endpoint);
            Assert.Equal((ScanAnswer.Answered, quality), (outcome.Answer, values[0]));
            Assert.Contains(problem, outcome.Problem, StringComparison.Ordinal);
        }

        answer = null;
        Assert.Equal((ScanAnswer.Silent, "BadTimeout"), await HttpFixture.ScanAsync(endpoint, probeMs: 100) is var (silent, read, _) ? (silent.Answer, read[0]) : default);
    }

    [Fact]
    public async Task An_agent_that_started_anew_is_asked_again_what_its_ids_mean()
    {
        var script = new MtConnectScript { Current = $"""<Samples><Position dataItemId="x1" sequence="1" timestamp="{Time}">1</Position><Position dataItemId="y1" sequence="2" timestamp="{Time}">2</Position></Samples>""" };
        await using ScriptedHttpServer server = script.Serve();
        await using IPolledEndpoint endpoint = HttpFixture.Open("mtconnect", $$"""{ "url": "{{server.Url}}" }""", Device("d", "{}", Tag("x", "type:POSITION/ACTUAL@X")));
        await endpoint.ConnectAsync(default);
        Assert.Equal("1", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
        script.Instance = "1655";
        script.IsTest = true;
        (script.XId, script.YId) = ("y1", "x1");
        Assert.Equal("2", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
        Assert.True(endpoint.IsSimulated(0));
        Assert.Equal(2, server.Requests.Count(r => r.StartsWith("GET /probe", StringComparison.Ordinal)));
        Assert.Equal("2", (await HttpFixture.ScanAsync(endpoint)).Values[0]);
        Assert.Equal(2, server.Requests.Count(r => r.StartsWith("GET /probe", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task From_the_agent_to_stored_readings_while_it_answers_loses_its_machine_lies_and_vanishes()
    {
        var script = new MtConnectScript();
        ScriptedHttpServer server = script.Serve();
        Func<string, byte[]?> right = server.Answer;
        string Position(string value) => $"""<Samples><Position dataItemId="x1" sequence="1" timestamp="{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}">{value}</Position></Samples>""";
        script.Current = Position("12.5");
        await using DriverAgent agent = await new DriverAgent("mtconnect", $$"""{ "url": "{{server.Url}}", "connectTimeoutMs": 20000, "responseTimeoutMs": 20000 }""",
            Device("vmc", "{}", Tag("x", "x1"))).StartAsync();
        await agent.UntilMoreGoodAsync("vmc", 2);
        script.Current = Position("UNAVAILABLE");
        await agent.UntilAsync(_ => agent.Device("vmc").Counts.Bad >= 1, "bad readings of a machine that the agent lost");
        server.Answer = _ => ScriptedHttpServer.Ok("<html>");
        long bad = agent.Device("vmc").Counts.Bad;
        await agent.UntilAsync(_ => agent.Device("vmc").Counts.Bad >= bad + 2, "bad readings of an answer that is none");
        server.Answer = right;
        script.Current = Position("13.5");
        await agent.UntilMoreGoodAsync("vmc", 2);
        await server.DisposeAsync();
        long missing = agent.Device("vmc").Counts.Bad + agent.Device("vmc").Counts.Missed;
        await agent.UntilAsync(_ => agent.Device("vmc").Counts.Bad + agent.Device("vmc").Counts.Missed > missing, "nothing good of an agent that is gone");
        List<(string Tag, string Value, long Ticks)> stored = await agent.StopAsync();
        Assert.Equal(["12.5", "BadNoCommunication", "BadDecodingError", "13.5", "BadNotConnected"], stored.Select(r => r.Value).Distinct());
    }
}
