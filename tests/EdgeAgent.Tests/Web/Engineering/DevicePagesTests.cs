using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Simulation;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>Devices from templates, pasted tables, and questions to a real Modbus server before anything is saved.</summary>
public sealed class DevicePagesTests : IAsyncLifetime
{
    private SimulatedPlant _plant = null!;
    private EngineeringServer _server = null!;

    public async Task InitializeAsync()
    {
        _plant = await SimulatedPlant.StartAsync(
            new SimulationConfig
            {
                Endpoints =
                [
                    new SimulatedEndpointConfig { Name = "a", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 3, Machine = "energy-meter" }] },
                    new SimulatedEndpointConfig { Name = "first-unit", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 1, Machine = "press" }] },
                ],
            },
            TimeProvider.System);
        _server = await EngineeringServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _plant.DisposeAsync();
    }

    private object Endpoint => new { name = "new-line", driver = "modbus-tcp", settings = new { host = "127.0.0.1", port = _plant.Endpoints["a"].Port } };

    [Fact]
    public async Task Templates_and_drivers_are_listed_with_what_a_form_needs()
    {
        (_, JsonElement templates) = await _server.SendAsync("GET", "/api/engineering/templates");
        Assert.Contains(templates.GetProperty("items").EnumerateArray(), t => t.GetProperty("name").GetString() == "energy-meter-3p");
        (_, JsonElement detail) = await _server.SendAsync("GET", "/api/engineering/templates/energy-meter-3p");
        Assert.Equal("hr:0", detail.GetProperty("tags")[0].GetProperty("address").GetString());
        Assert.Equal(10_000, detail.GetProperty("scanClasses").GetProperty("10s").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync("GET", "/api/engineering/templates/none")).Status);
        (_, JsonElement drivers) = await _server.SendAsync("GET", "/api/engineering/drivers");
        JsonElement modbus = drivers.GetProperty("items").EnumerateArray().Single(d => d.GetProperty("name").GetString() == "modbus-tcp");
        Assert.True(modbus.GetProperty("endpointSettings").GetProperty("properties").TryGetProperty("host", out _));
    }

    [Fact]
    public async Task A_device_goes_into_a_draft_with_its_table_and_can_be_applied()
    {
        object device = new { name = "meter-07", template = "energy-meter-3p", asset = "A-7", settings = new { unitId = 3 } };
        object sheet = new { columns = (string[])["名称", "地址", "类型"], rows = (string[][])[["额定", "hr:99", "uint16"]] };
        (HttpStatusCode status, JsonElement view) = await _server.PostAsync("/api/engineering/devices", new { draft = new { }, endpoint = Endpoint, device, sheet, tagFile = "tables/meter-07.csv" });
        Assert.True(status == HttpStatusCode.OK && view.GetProperty("check").GetProperty("ok").GetBoolean(), view.ToString());
        JsonElement draft = view.GetProperty("draft");
        string hash = draft.GetProperty("base").GetString()!;
        (status, JsonElement applied) = await _server.PostAsync("/api/engineering/config/apply", new JsonObject { ["draft"] = JsonNode.Parse(draft.GetRawText()) }.ToJsonString(), hash);
        Assert.True(status == HttpStatusCode.OK, applied.ToString());
        Assert.True(File.Exists(Path.Combine(_server.Directory, "tables", "meter-07.csv")));
        string text = File.ReadAllText(_server.ConfigPath);
        Assert.Contains("\"template\": \"energy-meter-3p\"", text, StringComparison.Ordinal);
        Assert.Contains("// the old one", text, StringComparison.Ordinal);

        object second = new { draft = new { }, endpoint = "new-line", device };
        Assert.Equal(HttpStatusCode.Conflict, (await _server.PostAsync("/api/engineering/devices", second)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/devices", new { draft = new { }, endpoint = "no-line", device = new { name = "x" } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/devices", new { draft = new { }, endpoint = Endpoint, device = new { asset = "x" } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/devices",
            new { draft = new { }, endpoint = Endpoint, device = new { name = "y" }, sheet, tagFile = "../../etc/cron.d/x.csv" })).Status);
    }

    [Fact]
    public async Task Pasted_cells_come_back_as_rows_with_errors_by_cell()
    {
        (_, JsonElement pasted) = await _server.PostAsync("/api/engineering/tags/paste", new { text = "温度\thr:0\tfloat32\n压力\thr:2\tflot32\n", columns = (string[])["名称", "地址", "类型"] });
        JsonElement problem = pasted.GetProperty("problems").EnumerateArray().Single();
        Assert.Equal((1, 2), (problem.GetProperty("row").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.Equal("hr:0", pasted.GetProperty("tags").EnumerateArray().Single().GetProperty("address").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/tags/paste", new { text = "\"", columns = (string[])[] })).Status);
    }

    [Fact]
    public async Task A_draft_is_read_once_from_the_device_and_the_address_stands_in_the_audit_log()
    {
        object device = new { name = "m", settings = new { unitId = 3 }, tags = (object[])[new { name = "power", address = "ir:12", type = "float32", order = "CDAB", unit = "kW" }, new { name = "none", address = "ir:4000" }] };
        (HttpStatusCode status, JsonElement view) = await _server.PostAsync("/api/engineering/read", new { endpoint = Endpoint, device });
        Assert.True(status == HttpStatusCode.OK, view.ToString());
        JsonElement[] results = [.. view.GetProperty("results").EnumerateArray()];
        Assert.True(results[0].GetProperty("good").GetBoolean(), view.ToString());
        Assert.False(results[1].GetProperty("good").GetBoolean());
        Assert.Contains($"127.0.0.1:{_plant.Endpoints["a"].Port}", view.GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.Contains("read a draft", _server.AuditText, StringComparison.Ordinal);

        (status, JsonElement wrong) = await _server.PostAsync("/api/engineering/read", new { endpoint = Endpoint, device = new { name = "m", tags = (object[])[new { name = "t", address = "xx" }] } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("$.device.tags[0]", wrong.GetProperty("errors")[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/read", new { endpoint = "no-line", device })).Status);
    }

    [Fact]
    public async Task A_port_that_the_running_agent_needs_for_itself_is_never_taken_from_it()
    {
        string text = File.ReadAllText(_server.ConfigPath).Replace(
            "\"driver\": \"modbus-tcp\", \"settings\": { \"host\": \"127.0.0.1\", \"port\": 15502 }",
            "\"driver\": \"modbus-rtu\", \"settings\": { \"serial\": { \"port\": \"/dev/ttyUSB7\" } }", StringComparison.Ordinal);
        File.WriteAllText(_server.ConfigPath, text);
        object device = new { name = "m", settings = new { unitId = 3 }, tags = (object[])[new { name = "t", address = "hr:0" }] };
        (HttpStatusCode status, JsonElement problem) = await _server.PostAsync("/api/engineering/read", new { endpoint = new { driver = "modbus-rtu", settings = new { serial = new { port = "/dev/ttyUSB7" } } }, device });
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("line-1", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await _server.PostAsync("/api/engineering/scans", new { kind = "line", target = "/dev/ttyUSB7" })).Status);
    }

    [Fact]
    public async Task Registers_are_shown_under_all_orders_and_the_right_one_is_plausible()
    {
        (HttpStatusCode status, JsonElement view) = await _server.PostAsync("/api/engineering/guess", new { endpoint = Endpoint, device = new { settings = new { unitId = 3 } }, address = "ir:12", min = 0.001, max = 1e5 });
        Assert.True(status == HttpStatusCode.OK, view.ToString());
        Assert.Contains(view.GetProperty("guesses").EnumerateArray(), g =>
            g.GetProperty("type").GetString() == "float32" && g.GetProperty("order").GetString() == "CDAB" && g.GetProperty("plausible").GetBoolean());
        (_, JsonElement given) = await _server.PostAsync("/api/engineering/guess", new { hex = "42 48 00 00" });
        Assert.Contains(given.GetProperty("guesses").EnumerateArray(), g => g.GetProperty("value").GetString() == "50");
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/guess", new { hex = "xyz" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/guess", new { })).Status);
    }

    [Fact]
    public async Task Units_behind_an_address_are_found_with_a_configuration_to_start_from()
    {
        (HttpStatusCode status, JsonElement job) = await _server.PostAsync("/api/engineering/scans", new { kind = "units", target = "127.0.0.1", port = _plant.Endpoints["a"].Port, units = 4, timeoutMs = 500 });
        Assert.True(status == HttpStatusCode.Accepted, job.ToString());
        string path = PathOf(job);
        JsonElement view = await EndAsync(job);
        Assert.Equal("done", view.GetProperty("state").GetString());
        JsonElement found = view.GetProperty("found").EnumerateArray().Single();
        Assert.Equal(3, found.GetProperty("device").GetProperty("settings").GetProperty("unitId").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, (await _server.SendAsync("DELETE", path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.SendAsync("GET", "/api/engineering/scans/nothing")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/scans", new { kind = "network", target = "10.0.0.0/8" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/scans", new { kind = "line", target = "/etc/passwd" })).Status);
    }

    [Fact]
    public async Task A_network_is_searched_host_by_host_and_what_is_found_can_be_read_at_once()
    {
        int port = _plant.Endpoints["first-unit"].Port; // A search of a network asks unit 1 alone.
        (HttpStatusCode status, JsonElement job) = await _server.PostAsync("/api/engineering/scans", new { kind = "network", target = "127.0.0.1", port, rate = 1000, timeoutMs = 5000 });
        Assert.True(status == HttpStatusCode.Accepted, job.ToString());
        Assert.Equal("127.0.0.1", job.GetProperty("target").GetString());
        JsonElement view = await EndAsync(job);
        Assert.Equal(("done", "1 of 1 hosts"), (view.GetProperty("state").GetString(), view.GetProperty("progress").GetString()));

        // Whatever else listens on the usual ports of this machine may be found beside it.
        JsonElement found = view.GetProperty("found").EnumerateArray().Single(f => f.GetProperty("driver").GetString() == "modbus-tcp");
        Assert.Equal($"127.0.0.1:{port}", found.GetProperty("place").GetString());
        JsonElement settings = found.GetProperty("endpoint").GetProperty("settings");
        Assert.Equal(("127.0.0.1", port), (settings.GetProperty("host").GetString(), settings.GetProperty("port").GetInt32()));
        Assert.Contains("started a scan", _server.AuditText, StringComparison.Ordinal);

        (status, JsonElement read) = await _server.PostAsync("/api/engineering/read", new { endpoint = found.GetProperty("endpoint"), device = found.GetProperty("device") });
        Assert.True(status == HttpStatusCode.OK && read.GetProperty("results")[0].GetProperty("good").GetBoolean(), read.ToString());
    }

    [Fact]
    public async Task Browsing_says_when_it_is_no_opc_ua_server_or_none_answers()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/browse", new { endpoint = Endpoint })).Status);
        object nobody = new { driver = "opc-ua", settings = new { endpoints = (string[])[$"opc.tcp://127.0.0.1:{FreePort.Tcp()}"], securityMode = "none" } };
        Assert.Equal(HttpStatusCode.BadGateway, (await _server.PostAsync("/api/engineering/browse", new { endpoint = nobody })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/browse", new { endpoint = nobody, node = "what" })).Status);
    }

    private static string PathOf(JsonElement job) => $"/api/engineering/scans/{job.GetProperty("id").GetString()}";

    private async Task<JsonElement> EndAsync(JsonElement job)
    {
        JsonElement view = default;
        await Eventually.TrueAsync(async () => (view = (await _server.SendAsync("GET", PathOf(job))).Body).GetProperty("state").GetString() != "running", "the scan ends");
        return view;
    }
}
