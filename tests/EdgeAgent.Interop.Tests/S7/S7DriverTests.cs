using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.S7;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Interop.Tests.S7;

/// <summary>The driver against snap7's server: every type, long lists, wrong addresses, a server that goes and comes, a cut and a frozen line.</summary>
public sealed class S7DriverTests
{
    [PartnerFact("snap7")]
    public async Task Every_type_reads_right()
    {
        await using Snap7Server server = await new Snap7Server().StartAsync();
        await server.SetAsync("M", 0, 0, 0b0000_1010);
        await server.SetAsync("I", 0, 3, 0x80);
        await server.SetAsync("Q", 0, 4, 0x12, 0x34);
        await server.SetAsync("DB", 10, 0, [0xFF, 0x7F, 0xFF, 0xFF, 0x80, 0, 0, 0, 0x42, 0xF6, 0xE9, 0x79]);
        await server.SetAsync("DB", 10, 12, [0x40, 0x09, 0x21, 0xFB, 0x54, 0x44, 0x2D, 0x18, 0x12, 0x34, 0x99, 0x99, 0x00, 0x1A]);
        await server.SetAsync("DB", 10, 30, [20, 5, .. "OK-07"u8]);
        await server.SetAsync("DB", 10, 60, [20, 4, .. CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("注塑")]);
        await server.SetAsync("DB", 10, 90, [20, 30]);
        await using IPolledEndpoint endpoint = await OpenAsync(server.Port, """
            { "name": "bit1", "address": "M0.1" }, { "name": "bit2", "address": "M0.2" }, { "name": "in", "address": "E3.7" }, { "name": "out", "address": "QW4" },
            { "name": "i8", "address": "DB10.DBB0", "type": "int8" }, { "name": "u16", "address": "DB10.DBW0" }, { "name": "i32", "address": "DB10.DBD4", "type": "int32" },
            { "name": "real", "address": "DB10.DBD8", "type": "float32" }, { "name": "lreal", "address": "DB10.12", "type": "float64" },
            { "name": "bcd", "address": "DB10.DBW20", "type": "bcd16" }, { "name": "bcd4", "address": "DB10.DBD20", "type": "bcd32" }, { "name": "nobcd", "address": "DB10.DBW24", "type": "bcd16" },
            { "name": "text", "address": "DB10.DBB30", "type": "string", "length": 20 }, { "name": "chinese", "address": "DB10.60", "type": "string", "length": 20 },
            { "name": "notext", "address": "DB10.90", "type": "string", "length": 20 }, { "name": "raw", "address": "DB10.0", "type": "bytes", "length": 3 }
            """, "\"encoding\": \"gb18030\"");
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        Assert.Equal(ScanAnswer.Answered, (await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default)).Answer);
        Dictionary<int, Reading> read = batch.Readings.ToArray().ToDictionary(r => r.TagId);
        Assert.Equal(16, read.Count);
        Assert.Equal([true, false, true], new[] { 0, 1, 2 }.Select(i => read[i].AsBoolean));
        Assert.Equal((0x1234UL, -1L, 0xFF7FUL, (long)int.MinValue), (read[3].Bits, read[4].AsInt64, read[5].Bits, read[6].AsInt64));
        Assert.Equal((123.456f, Math.PI), (read[7].AsFloat32, read[8].AsFloat64));
        Assert.Equal((1234UL, 12349999UL, Quality.BadDecodingError), (read[9].Bits, read[10].Bits, read[11].Quality));
        Assert.Equal(("OK-07", "注塑"), (Encoding.UTF8.GetString(batch.BytesOf(read[12])), Encoding.UTF8.GetString(batch.BytesOf(read[13]))));
        Assert.Equal((Quality.BadDecodingError, "FF7FFF"), (read[14].Quality, Convert.ToHexString(batch.BytesOf(read[15]))));
    }

    [PartnerFact("snap7")]
    public async Task A_controller_tells_its_order_number_and_type()
    {
        await using Snap7Server server = await new Snap7Server().StartAsync();
        await using IPolledEndpoint endpoint = await OpenAsync(server.Port, """{ "name": "bit1", "address": "M0.1" }""", "");
        await endpoint.ConnectAsync(default);
        Dictionary<string, string> identity = (await endpoint.ReadIdentityAsync(0, default)).ToDictionary();
        Assert.StartsWith("6ES7 ", identity["order number"], StringComparison.Ordinal);
        Assert.StartsWith("CPU ", identity["module type"], StringComparison.Ordinal);
        Assert.NotEmpty(identity["serial number"]);
        Assert.True(endpoint.IsConnected, "the connection goes on");
    }

    [PartnerTheory("snap7")]
    [InlineData(240)]
    [InlineData(480)]
    [InlineData(960)]
    public async Task Long_lists_are_packed_into_messages_of_the_agreed_length(int pduBytes)
    {
        await using Snap7Server server = await new Snap7Server(pduBytes).StartAsync();
        byte[] pattern = [.. Enumerable.Range(0, 4096).Select(i => (byte)((i * 7) + (i >> 8)))];
        await server.SetAsync("DB", 10, 0, pattern);
        int[] places = [.. Enumerable.Range(0, 400).Select(i => i * 10)];
        string tags = string.Join(",", places.Select(p => $$"""{ "name": "t{{p}}", "address": "DB10.DBW{{p}}" }"""));
        // Without gaps read along, 400 items go by 20; with them, the whole block goes in long runs.
        foreach (string gap in new[] { "\"gapBytesMax\": 0", "\"gapBytesMax\": 16" })
        {
            await using IPolledEndpoint endpoint = await OpenAsync(server.Port, tags, gap);
            await endpoint.ConnectAsync(default);
            var batch = new ReadingBatch(512);
            Assert.Null((await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default)).Problem);
            Assert.Equal(places.Select(p => (ulong)((pattern[p] << 8) | pattern[p + 1])), batch.Readings.ToArray().OrderBy(r => r.TagId).Select(r => r.Bits));
        }
    }

    [PartnerFact("snap7")]
    public async Task A_wrong_address_costs_its_neighbours_one_scan_and_is_explained()
    {
        await using Snap7Server server = await new Snap7Server().StartAsync();
        await using IPolledEndpoint endpoint = await OpenAsync(server.Port, """
            { "name": "a", "address": "DB11.DBW0" }, { "name": "b", "address": "DB11.DBW6" }, { "name": "beyond", "address": "DB11.DBW8" },
            { "name": "missing", "address": "DB77.DBW0" }, { "name": "far", "address": "DB10.DBW0" }
            """);
        await endpoint.ConnectAsync(default);
        var batch = new ReadingBatch();
        ScanOutcome first = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(ScanAnswer.Answered, first.Answer);
        Assert.Contains("DB77 is not in the controller, or has optimized block access", first.Problem, StringComparison.Ordinal);
        Assert.Equal([4], batch.Readings.ToArray().Where(r => r.Quality.IsGood).Select(r => r.TagId));
        batch.Clear();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal([0, 1, 4], batch.Readings.ToArray().Where(r => r.Quality.IsGood).Select(r => r.TagId).Order());
        Assert.Equal([Quality.BadOutOfService, Quality.BadOutOfService], batch.Readings.ToArray().Where(r => r.Quality.IsBad).Select(r => r.Quality));
    }

    [PartnerFact("snap7")]
    public async Task A_controller_that_goes_and_comes_is_read_again()
    {
        await using Snap7Server server = await new Snap7Server().StartAsync();
        await server.SetAsync("DB", 10, 0, 0, 7);
        await using IPolledEndpoint endpoint = await OpenAsync(server.Port, """{ "name": "a", "address": "DB10.DBW0" }""");
        await endpoint.ConnectAsync(default);
        await server.KillAsync();
        var batch = new ReadingBatch();
        ScanOutcome lost = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal((ScanAnswer.ConnectionLost, Quality.BadNotConnected), (lost.Answer, batch.Readings[0].Quality));
        EndpointConnectException refused = await Assert.ThrowsAsync<EndpointConnectException>(() => endpoint.ConnectAsync(default).AsTask());
        Assert.Contains($"127.0.0.1:{server.Port}: no connection", refused.Message, StringComparison.Ordinal);
        await server.StartAsync();
        await endpoint.ConnectAsync(default);
        batch.Clear();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal((Quality.Good, 0UL), (batch.Readings[0].Quality, batch.Readings[0].Bits));
    }

    [PartnerFact("snap7")]
    public async Task A_frozen_controller_times_out_and_its_late_answer_answers_nothing()
    {
        await using Snap7Server server = await new Snap7Server().StartAsync();
        await server.SetAsync("DB", 10, 0, 0, 1);
        await using IPolledEndpoint endpoint = await OpenAsync(server.Port, """{ "name": "a", "address": "DB10.DBW0" }""", timeoutMs: 1500);
        await endpoint.ConnectAsync(default);
        server.Process.Freeze();
        var batch = new ReadingBatch();
        ScanOutcome silent = await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal((ScanAnswer.ConnectionLost, Quality.BadTimeout, false), (silent.Answer, batch.Readings[0].Quality, endpoint.IsConnected));
        server.Process.Thaw();
        await endpoint.ConnectAsync(default);
        await server.SetAsync("DB", 10, 0, 0, 2);
        batch.Clear();
        await endpoint.ScanAsync(new ScanRequest(0, 0), batch, default);
        Assert.Equal(2UL, batch.Readings[0].Bits);
    }

    [Fact]
    public async Task A_device_that_speaks_something_else_is_told_apart()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var endpointGone = new TaskCompletionSource();
        Task server = Task.Run(async () =>
        {
            using System.Net.Sockets.TcpClient client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await endpointGone.Task;
        });
        await using IPolledEndpoint endpoint = await OpenAsync(((System.Net.IPEndPoint)listener.LocalEndpoint).Port, """{ "name": "a", "address": "MW0" }""");
        EndpointConnectException e = await Assert.ThrowsAsync<EndpointConnectException>(() => endpoint.ConnectAsync(default).AsTask());
        Assert.Contains("does not speak S7 communication", e.Message, StringComparison.Ordinal);
        endpointGone.SetResult();
        await server;
    }

    private static Task<IPolledEndpoint> OpenAsync(int port, string tags, string? deviceSettings = null, int timeoutMs = 2000)
    {
        string json = string.Create(CultureInfo.InvariantCulture, $$"""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ], "endpoints": [ { "name": "e", "driver": "s7",
              "settings": { "host": "127.0.0.1", "port": {{port}}, "responseTimeoutMs": {{timeoutMs}} },
              "devices": [ { "name": "d", "settings": { {{deviceSettings}} }, "tags": [ {{tags}} ] } ] } ] } }
            """);
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("config.json"), json);
        LoadedConfig loaded = ConfigFile.Load(directory.File("config.json"), _ => null);
        Assert.Empty(loaded.Errors);
        var errors = new ConfigErrors();
        EndpointConfig endpoint = loaded.Config!.Agent!.Endpoints[0];
        var plan = S7DriverFactory.Instance.Compile(endpoint, ConfigPath.Root, errors) as IPolledEndpointPlan;
        Assert.Empty(errors);
        ScanGroup[] groups = [new ScanGroup(0, 0, 1000, [.. Enumerable.Range(0, endpoint.Devices[0].Tags.Count)])];
        return Task.FromResult(plan!.Open(new EndpointServices(groups, TimeProvider.System, NullLoggerFactory.Instance), null));
    }
}
