using System.Text;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.Melsec;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Melsec;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Melsec;

/// <summary>The driver against a scripted controller over a real socket.</summary>
public sealed class MelsecDriverTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "Melsec", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(MelsecFrameKind.E3)]
    [InlineData(MelsecFrameKind.E1)]
    public async Task Every_type_reads_right(MelsecFrameKind kind)
    {
        await using var controller = new ScriptedMelsec(kind);
        controller.Relays[6] = 0b1_0000; // M100
        Put(controller, 0, [0x34, 0x12, 0xFF, 0xFF, 0x79, 0xE9, 0xF6, 0x42]);
        Put(controller, 10, [.. BitConverter.GetBytes(Math.PI), 0x34, 0x12, 0x99, 0x99, 0x1A, 0x00]);
        Put(controller, 20, [.. Encoding.ASCII.GetBytes("OK-07"), 0]);
        Put(controller, 30, CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("冲压"));
        await using IPolledEndpoint endpoint = Open(controller.Port, kind, """
            { "name": "relay", "address": "M100" }, { "name": "off", "address": "M101" }, { "name": "relays", "address": "M96", "type": "uint16" },
            { "name": "u16", "address": "D0" }, { "name": "i16", "address": "D1", "type": "int16" }, { "name": "bit", "address": "D0.2" },
            { "name": "u32", "address": "D0", "type": "uint32" }, { "name": "float", "address": "D2", "type": "float32" }, { "name": "double", "address": "D10", "type": "float64" },
            { "name": "bcd", "address": "D14", "type": "bcd16" }, { "name": "bcd2", "address": "D14", "type": "bcd32" }, { "name": "nobcd", "address": "D16", "type": "bcd16" },
            { "name": "text", "address": "D20", "type": "string", "length": 10 }, { "name": "chinese", "address": "D30", "type": "string", "length": 8 }, { "name": "raw", "address": "D0", "type": "bytes", "length": 3 }
            """);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        Assert.Null((await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default)).Problem);
        Dictionary<int, Reading> read = batch.Readings.ToArray().ToDictionary(r => r.TagId);
        Assert.Equal((true, false, 0b1_0000UL), (read[0].AsBoolean, read[1].AsBoolean, read[2].Bits));
        Assert.Equal((0x1234UL, -1L, true, 0xFFFF1234UL), (read[3].Bits, read[4].AsInt64, read[5].AsBoolean, read[6].Bits));
        Assert.Equal((123.456f, Math.PI), (read[7].AsFloat32, read[8].AsFloat64));
        Assert.Equal((1234UL, 99991234UL, Quality.BadDecodingError), (read[9].Bits, read[10].Bits, read[11].Quality));
        Assert.Equal(("OK-07", "冲压", "3412FF"), (Encoding.UTF8.GetString(batch.BytesOf(read[12])), Encoding.UTF8.GetString(batch.BytesOf(read[13])), Convert.ToHexString(batch.BytesOf(read[14]))));
    }

    [Fact]
    public async Task Neighbours_share_a_request_and_no_request_is_longer_than_its_frame_allows()
    {
        await using var controller = new ScriptedMelsec(MelsecFrameKind.E1);
        string tags = string.Join(",", Enumerable.Range(0, 200).Select(i => $$"""{ "name": "t{{i}}", "address": "D{{i}}" }"""));
        await using IPolledEndpoint endpoint = Open(controller.Port, MelsecFrameKind.E1, tags);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(200, batch.Readings.ToArray().Count(r => r.Quality.IsGood));
        Assert.Equal([(0, 64), (64, 64), (128, 64), (192, 8)], controller.Requests.Select(r => (r.Start, r.Words)));
    }

    [Fact]
    public async Task A_wrong_address_costs_its_neighbours_one_scan_and_is_named()
    {
        await using var controller = new ScriptedMelsec(MelsecFrameKind.E3);
        await using IPolledEndpoint endpoint = Open(controller.Port, MelsecFrameKind.E3, """
            { "name": "good", "address": "D510" }, { "name": "beyond", "address": "D512" }, { "name": "far", "address": "M0" }
            """);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        ScanOutcome first = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Contains("end code C056", first.Problem, StringComparison.Ordinal);
        Assert.Equal([2], batch.Readings.ToArray().Where(r => r.Quality.IsGood).Select(r => r.TagId));
        batch.Clear();
        ScanOutcome second = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Contains("'beyond' (D512)", second.Problem, StringComparison.Ordinal);
        IReadOnlyList<WireFrame> frames = ((IShowsFrames)endpoint).FramesOf(0);
        Assert.Contains(frames, frame => frame is { Sent: true, Meaning: "read 1 words of DataRegister from 512" });
        Assert.Contains(frames, frame => frame is { Sent: false, Bytes: 20, Meaning: "refused with end code C056" });
        Assert.Equal([0, 2], batch.Readings.ToArray().Where(r => r.Quality.IsGood).Select(r => r.TagId).Order());
    }

    [Fact]
    public async Task Silence_costs_the_connection_and_it_is_read_again_afterwards()
    {
        await using var controller = new ScriptedMelsec(MelsecFrameKind.E3);
        controller.Registers[0] = 7;
        var time = new FakeTimeProvider();
        await using IPolledEndpoint endpoint = Open(controller.Port, MelsecFrameKind.E3, """{ "name": "a", "address": "D0" }""", time);
        await endpoint.ConnectAsync(default);
        controller.Silent = true;
        var batch = new ReadingBatch();
        Task<ScanOutcome> scan = endpoint.ScanAsync(new ScanRequest(0, 0), batch, default).AsTask();
        await Eventually.TrueAsync(() => { lock (controller.Requests) { return Task.FromResult(controller.Requests.Count > 0); } }, "the request arrived");
        time.Advance(TimeSpan.FromMilliseconds(30_000));
        Assert.Equal(ScanAnswer.ConnectionLost, (await scan).Answer);
        Assert.Equal((Quality.BadTimeout, false), (batch.Readings[0].Quality, endpoint.IsConnected));
        controller.Silent = false;
        await endpoint.ConnectAsync(default);
        batch.Clear();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(7UL, batch.Readings[0].Bits);
    }

    [Fact]
    public async Task The_other_kind_of_frame_is_told()
    {
        await using var controller = new ScriptedMelsec(MelsecFrameKind.E1);
        await using IPolledEndpoint endpoint = Open(controller.Port, MelsecFrameKind.E3, """{ "name": "a", "address": "D0" }""");
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        ScanOutcome outcome = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal((ScanAnswer.ConnectionLost, Quality.BadDecodingError), (outcome.Answer, batch.Readings[0].Quality));
        Assert.Contains("check the kind of frame", outcome.Problem, StringComparison.Ordinal);
        Assert.StartsWith("81", Convert.ToHexString(((IShowsFrames)endpoint).FramesOf(0).First(frame => !frame.Sent).Start.Span), StringComparison.Ordinal);
    }

    private static void Put(ScriptedMelsec controller, int register, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            controller.Registers[register + (i / 2)] |= (ushort)(bytes[i] << (i % 2 * 8));
        }
    }

    private static IPolledEndpoint Open(int port, MelsecFrameKind kind, string tags, TimeProvider? time = null)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("c.json"), $$"""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ],
              "endpoints": [ { "name": "e", "driver": "melsec", "settings": { "host": "127.0.0.1", "port": {{port}}, "frame": "{{kind.ToString().ToLowerInvariant()}}", "responseTimeoutMs": 30000 },
                "devices": [ { "name": "d", "tags": [ {{tags}} ] } ] } ] } }
            """);
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(directory.File("c.json"));
        Assert.Empty(errors);
        EndpointConfig endpoint = config!.Agent!.Endpoints[0];
        var plan = MelsecDriverFactory.Instance.Compile(endpoint, ConfigPath.Root, errors) as IPolledEndpointPlan;
        Assert.Empty(errors);
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [.. Enumerable.Range(0, endpoint.Devices[0].Tags.Count)])];
        return plan!.Open(new EndpointServices(groups, time ?? TimeProvider.System, NullLoggerFactory.Instance), null);
    }
}
