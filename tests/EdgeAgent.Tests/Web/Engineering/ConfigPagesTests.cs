using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Configuring;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Engineering;

public sealed class ConfigPagesTests : IAsyncLifetime
{
    private EngineeringServer _server = null!;

    public async Task InitializeAsync() => _server = await EngineeringServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_configuration_is_shown_with_tables_and_without_passwords()
    {
        (HttpStatusCode status, JsonElement view) = await _server.SendAsync("GET", "/api/engineering/config");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(64, view.GetProperty("hash").GetString()!.Length);
        Assert.DoesNotContain("geheim", view.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("// in the cabinet", view.GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement table = view.GetProperty("tables")[0];
        Assert.Equal(("press.csv", "utf8Mark", "温度"), (table.GetProperty("file").GetString(), table.GetProperty("encoding").GetString(), table.GetProperty("rows")[0][0].GetString()));
    }

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Assessor")]
    public async Task Nobody_but_engineers_reaches_any_of_it(string name)
    {
        AccessRole role = Enum.Parse<AccessRole>(name);
        Assert.True(_server.Api.Endpoints.Count >= 17);
        foreach (var endpoint in _server.Api.Endpoints)
        {
            string path = endpoint.Path.Replace("{id}", "x", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
            (HttpStatusCode status, _) = await _server.SendAsync(endpoint.Method, path, endpoint.Method is "POST" ? "{}" : null, role: role);
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Fact]
    public async Task Every_error_of_a_draft_is_told_at_once_with_its_place_and_its_cell()
    {
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["settings"]!["prt"] = 1;
        config["agent"]!["endpoints"]![0]!["devices"]![0]!["nam"] = "x";
        var draft = new { @base = hash, config, tables = new Dictionary<string, object> { ["press.csv"] = new { columns = (string[])["名称", "地址", "类型"], rows = (string[][])[["温度", "hr:0", "flot32"], ["压力", "xx:9", ""]] } } };
        (HttpStatusCode status, JsonElement check) = await _server.PostAsync("/api/engineering/config/check", draft);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(check.GetProperty("ok").GetBoolean());
        JsonElement[] errors = [.. check.GetProperty("errors").EnumerateArray()];
        Assert.Contains(errors, e => e.GetProperty("path").GetString()!.EndsWith(".nam", StringComparison.Ordinal) && e.GetProperty("line").GetInt32() > 0);
        Assert.Contains(errors, e => e.GetProperty("file").GetString() == "press.csv" && e.GetProperty("row").GetInt32() == 0 && e.GetProperty("column").GetInt32() == 2);
        Assert.Equal(EngineeringServer.Start, File.ReadAllText(_server.ConfigPath));
    }

    [Fact]
    public async Task A_draft_is_told_in_words_of_both_languages_and_applied_with_comments_password_and_encoding_kept()
    {
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["settings"]!["host"] = "127.0.0.2";
        var draft = new { @base = hash, config, tables = new Dictionary<string, object> { ["press.csv"] = new { columns = (string[])["名称", "地址"], rows = (string[][])[["温度", "hr:0"], ["压力", "hr:2"]] } } };
        (_, JsonElement diff) = await _server.PostAsync("/api/engineering/config/diff", draft);
        JsonElement[] changes = [.. diff.GetProperty("changes").EnumerateArray()];
        Assert.Equal(["连接 line-1：settings.host 127.0.0.1 → 127.0.0.2", "新增设备 press-01 的测点 压力"], changes.Select(c => c.GetProperty("zh").GetString()));
        Assert.Equal("endpoint line-1: settings.host 127.0.0.1 → 127.0.0.2", changes[0].GetProperty("en").GetString());

        (HttpStatusCode status, JsonElement applied) = await _server.PostAsync("/api/engineering/config/apply", new { draft, comment = "new host" }, hash);
        Assert.True(status == HttpStatusCode.OK, applied.ToString());
        Assert.Equal("test", applied.GetProperty("entry").GetProperty("by").GetString()!.Split(' ')[0]);
        Assert.Equal(EngineeringServer.Start.Replace("127.0.0.1\", \"port", "127.0.0.2\", \"port", StringComparison.Ordinal), File.ReadAllText(_server.ConfigPath));
        Assert.Equal([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("名称,地址\r\n温度,hr:0\r\n压力,hr:2\r\n")], File.ReadAllBytes(Path.Combine(_server.Directory, "press.csv")));
    }

    [Fact]
    public async Task Going_back_restores_every_byte_and_keeps_who_when_and_why()
    {
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["name"] = "line-9";
        (_, JsonElement applied) = await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config }, comment = "rename", acceptLostComments = true }, hash);
        string changed = applied.GetProperty("hash").GetString()!;
        _server.Time.Advance(TimeSpan.FromMinutes(1));

        (_, JsonElement history) = await _server.SendAsync("GET", "/api/engineering/config/history");
        Assert.Equal(2, history.GetProperty("total").GetInt32());
        JsonElement newest = history.GetProperty("items")[0], found = history.GetProperty("items")[1];
        Assert.Equal(("applied", "rename", changed), (newest.GetProperty("outcome").GetString(), newest.GetProperty("comment").GetString(), newest.GetProperty("hash").GetString()));
        Assert.Equal(("found", hash), (found.GetProperty("outcome").GetString(), found.GetProperty("hash").GetString()));
        string id = found.GetProperty("id").GetString()!;
        (_, JsonElement diff) = await _server.SendAsync("GET", $"/api/engineering/config/history/{id}/diff");
        Assert.NotEmpty(diff.GetProperty("changes").EnumerateArray());
        (_, JsonElement old) = await _server.SendAsync("GET", $"/api/engineering/config/history/{id}");
        Assert.DoesNotContain("geheim", old.GetRawText(), StringComparison.Ordinal);

        (HttpStatusCode status, JsonElement back) = await _server.PostAsync("/api/engineering/config/rollback", new { id, comment = "no good" }, changed);
        Assert.Equal((HttpStatusCode.OK, hash), (status, back.GetProperty("hash").GetString()));
        Assert.Equal(EngineeringServer.Start, File.ReadAllText(_server.ConfigPath));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.PostAsync("/api/engineering/config/rollback", new { id = "nothing" }, hash)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await _server.PostAsync("/api/engineering/config/rollback", new { id }, changed)).Status);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_not_overwritten()
    {
        (JsonObject config, string hash) = await ReadAsync();
        File.AppendAllText(_server.ConfigPath, "\n");
        object request = new { draft = new { @base = hash, config } };
        Assert.Equal(HttpStatusCode.Conflict, (await _server.PostAsync("/api/engineering/config/apply", request, hash)).Status);
        Assert.Equal((HttpStatusCode)428, (await _server.PostAsync("/api/engineering/config/apply", request)).Status);
        Assert.EndsWith("}\n", File.ReadAllText(_server.ConfigPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_are_never_lost_silently()
    {
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["devices"] = new JsonArray();
        (HttpStatusCode status, JsonElement check) = await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config } }, hash);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("the old one", check.GetProperty("lostComments")[0].GetProperty("text").GetString());
        Assert.Equal(EngineeringServer.Start, File.ReadAllText(_server.ConfigPath));
        Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config }, acceptLostComments = true }, hash)).Status);
    }

    [Fact]
    public async Task A_draft_with_errors_is_not_written_and_one_that_is_not_taken_over_is_put_back()
    {
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["driver"] = "modbus-tpc";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config } }, hash)).Status);

        config["agent"]!["endpoints"]![0]!["driver"] = "modbus-udp";
        _server.Reload = () => ReloadReport.Failed(["the port is gone"]);
        (HttpStatusCode status, JsonElement problem) = await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config } }, hash);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("the port is gone", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(EngineeringServer.Start, File.ReadAllText(_server.ConfigPath));
    }

    [Fact]
    public async Task Devices_that_do_not_come_back_are_told_after_the_time_of_grace()
    {
        _server.Online["press-01"] = true;
        (JsonObject config, string hash) = await ReadAsync();
        config["agent"]!["endpoints"]![0]!["settings"]!["port"] = 15503;
        _server.Reload = () =>
        {
            _server.Online["press-01"] = false;
            return ReloadReport.Unchanged;
        };
        await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, config }, graceSeconds = 20 }, hash);
        Assert.Equal("watching", await StateAsync());
        for (int second = 0; second < 20; second++)
        {
            await _server.Time.WaitForTimersAsync(1);
            _server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.TrueAsync(async () => await StateAsync() == "all-down", "the watch is over");
    }

    [Fact]
    public async Task A_text_with_comments_can_be_edited_as_text()
    {
        string hash = (await ReadAsync()).Hash;
        (_, JsonElement view) = await _server.SendAsync("GET", "/api/engineering/config");
        string text = view.GetProperty("text").GetString()!.Replace("the old one", "the very old one", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _server.PostAsync("/api/engineering/config/apply", new { draft = new { @base = hash, text } }, hash)).Status);
        Assert.Equal(EngineeringServer.Start.Replace("the old one", "the very old one", StringComparison.Ordinal), File.ReadAllText(_server.ConfigPath));
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/config/check", new { text = text.Replace("kept 1", "kept 9", StringComparison.Ordinal) })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.PostAsync("/api/engineering/config/check", "{")).Status);
    }

    private async Task<string?> StateAsync() => (await _server.SendAsync("GET", "/api/engineering/config/state")).Body.GetProperty("devices").GetProperty("state").GetString();

    [Theory]
    [InlineData("""{ "web": { "listen": "127.0.0.1:8080", "anonymous": "state" } }""")]
    [InlineData("""{ "site": "other" }""")]
    [InlineData("""{ "agent": { "dataDirectory": "elsewhere" } }""")]
    public async Task Who_gets_in_is_changed_by_administrators_alone(string change)
    {
        (JsonObject config, string hash) = await ReadAsync();
        foreach ((string part, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            if (part == "agent")
            {
                config["agent"]!["dataDirectory"] = value!["dataDirectory"]!.DeepClone();
            }
            else
            {
                config[part] = value!.DeepClone();
            }
        }

        var request = new { draft = new { @base = hash, config }, comment = "", acceptLostComments = true };
        (HttpStatusCode status, JsonElement problem) = await _server.PostAsync("/api/engineering/config/apply", request, hash);
        Assert.Equal((HttpStatusCode.Forbidden, "administrators-part"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(EngineeringServer.Start, File.ReadAllText(_server.ConfigPath));

        (status, JsonElement applied) = await _server.SendAsync("POST", "/api/engineering/config/apply", request, hash, AccessRole.Admin);
        Assert.Equal(HttpStatusCode.OK, status);
        string first = (await _server.SendAsync("GET", "/api/engineering/config/history")).Body.GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString()!;
        (status, problem) = await _server.PostAsync("/api/engineering/config/rollback", new { id = first }, applied.GetProperty("hash").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "administrators-part"), (status, problem.GetProperty("code").GetString()));
    }

    private async Task<(JsonObject Config, string Hash)> ReadAsync()
    {
        (_, JsonElement view) = await _server.SendAsync("GET", "/api/engineering/config");
        return (JsonNode.Parse(view.GetProperty("config").GetRawText())!.AsObject(), view.GetProperty("hash").GetString()!);
    }
}
