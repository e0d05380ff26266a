using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>A configuration from the hub to an agent over a real broker: taken, refused, and taken back by the agent itself.</summary>
public sealed class RemoteConfigurationTests
{
    private const string Agent = "/api/engineering/agents/far-site/gw-far";

    [PartnerFact("mosquitto")]
    public async Task A_signed_configuration_is_taken_and_confirmed_and_one_that_cuts_the_agent_off_is_taken_back()
    {
        await using Mosquitto mosquitto = await Mosquitto.StartAsync();
        using TempDirectory directory = new();
        int web = FreePort.Tcp();
        string hubFile = directory.File("hub.json"), agentFile = directory.File("agent", "agent.json");
        Directory.CreateDirectory(directory.File("agent"));
        await File.WriteAllTextAsync(hubFile, $$"""
            { "site": "far-site", "web": { "listen": "127.0.0.1:{{web}}" },
              "hub": { "dataDirectory": "{{directory.File("hub")}}", "store": { "kind": "sqlite", "path": "{{directory.File("store")}}" },
                "broker": { "brokers": [ "mqtt://127.0.0.1:{{mosquitto.Port}}" ] }, "enrolmentTokens": [ "${env:EDGEAGENT_TEST_TOKEN}" ] } }
            """);
        await using PartnerProcess hub = BuiltProgram.Start("run", "--config", hubFile);
        await Eventually.PortOpenAsync(web);
        using HttpClient http = await EngineerAsync(hubFile, web);
        string hubKey = "";
        await Eventually.TrueAsync(async () => (hubKey = (await GetAsync(http, "/api/engineering/agents")).GetProperty("hubKey").GetString()!).Length == 64, "the hub has its key\n" + hub.Output);

        await File.WriteAllTextAsync(agentFile, $$"""
            { "site": "far-site",
              // Kept by hand.
              "agent": { "id": "gw-far", "dataDirectory": "data", "remoteConfiguration": { "allow": true, "hubKey": "{{hubKey}}", "confirmWithinMinutes": 1 },
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{mosquitto.Port}}" ], "enrolmentToken": "${env:EDGEAGENT_TEST_TOKEN}" } ],
                "endpoints": [ { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{FreePort.Tcp()}} },
                  "devices": [ { "name": "press", "settings": { "unitId": 1 }, "tags": [ { "name": "t", "address": "hr:0" } ] } ] } ] } }
            """);
        string original = await File.ReadAllTextAsync(agentFile);
        await using PartnerProcess agent = BuiltProgram.Start("run", "--config", agentFile);
        string all() => $"\nhub: {hub.Output}\nagent: {agent.Output}";
        JsonElement view = default;
        await Eventually.TrueAsync(
            async () =>
            {
                using HttpResponseMessage answer = await http.GetAsync($"{Agent}/config");
                view = answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone() : default;
                return answer.IsSuccessStatusCode;
            },
            "the agent tells its configuration" + all(), TimeSpan.FromMinutes(3));

        // A new tag: taken, confirmed, and everything else as it was.
        string text = view.GetProperty("text").GetString()!;
        string better = text.Replace("\"address\": \"hr:0\" }", "\"address\": \"hr:0\" }, { \"name\": \"u\", \"address\": \"hr:1\" }", StringComparison.Ordinal);
        Assert.Equal("Kept", await PushAsync(http, view, better, all));
        Assert.Equal(original.Replace("\"address\": \"hr:0\" }", "\"address\": \"hr:0\" }, { \"name\": \"u\", \"address\": \"hr:1\" }", StringComparison.Ordinal), await File.ReadAllTextAsync(agentFile));

        // What may not be changed from afar.
        view = await GetAsync(http, $"{Agent}/config");
        Assert.Equal("Refused", await PushAsync(http, view, better.Replace("\"allow\": true", "\"allow\": false", StringComparison.Ordinal), all));
        Assert.Contains("remoteConfiguration", (await GetAsync(http, $"{Agent}/push")).GetRawText(), StringComparison.Ordinal);

        // A broker that is not there: nobody can confirm, so the agent goes back and says so.
        string cut = better.Replace($"mqtt://127.0.0.1:{mosquitto.Port}", $"mqtt://127.0.0.1:{FreePort.Tcp()}", StringComparison.Ordinal);
        Assert.Equal("RolledBack", await PushAsync(http, view, cut, all));
        Assert.Contains($":{mosquitto.Port}", await File.ReadAllTextAsync(agentFile), StringComparison.Ordinal);
        Assert.Equal(view.GetProperty("hash").GetString(), (await GetAsync(http, $"{Agent}/config")).GetProperty("hash").GetString());
    }

    /// <returns>What became of it.</returns>
    private static async Task<string> PushAsync(HttpClient http, JsonElement view, string text, Func<string> all)
    {
        JsonObject request = new() { ["draft"] = new JsonObject { ["base"] = view.GetProperty("hash").GetString(), ["text"] = text }, ["comment"] = "from the test" };
        using HttpResponseMessage answer = await http.PostAsync($"{Agent}/push", new StringContent(request.ToJsonString()));
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync() + all());
        string stage = "";
        await Eventually.TrueAsync(
            async () => (stage = (await GetAsync(http, $"{Agent}/push")).GetProperty("stage").GetString()!) is not ("Sent" or "Confirming"), "the agent answers" + all(), TimeSpan.FromMinutes(4));
        return stage;
    }

    private static async Task<HttpClient> EngineerAsync(string hubFile, int web)
    {
        (int code, string output) = await BuiltProgram.RunAsync(TimeSpan.FromMinutes(2), "token", "create", "tester", "--role", "engineer", "--config", hubFile);
        Assert.True(code == 0, output);
        string token = output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).First(static word => word.StartsWith("ea_", StringComparison.Ordinal));
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{web}"), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(path);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement.Clone();
    }
}
