using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>The configurations of the compose folder at work, as processes of this machine: only paths and host names are others.</summary>
public sealed class ComposeTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly int _brokerPort = FreePort.Tcp();
    private readonly int _machinePort = FreePort.Tcp();
    private readonly int _hubPort = FreePort.Tcp();
    private readonly int _agentPort = FreePort.Tcp();

    public void Dispose() => _directory.Dispose();

    [PartnerFact("mosquitto", "openssl")]
    public async Task Broker_with_TLS_and_passwords_agent_simulator_and_hub_work_together_and_strangers_stay_out()
    {
        string folder = _directory.File("compose");
        await ShellRun.GoodAsync($"cp -R '{RepositoryRoot.Combine("deploy", "compose")}' '{folder}' && '{folder}/prepare.sh' '{folder}' 127.0.0.1 && '{folder}/prepare.sh' '{folder}'");
        Dictionary<string, string> secrets = (await File.ReadAllLinesAsync(Path.Combine(folder, ".env"))).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        foreach (string role in (string[])["hub", "agent"])
        {
            // As in the container: /etc/edgeagent holds what is mounted.
            File.Copy(Path.Combine(folder, "secrets/certs/ca.crt"), Path.Combine(folder, "config/ca.crt"), overwrite: true);
            await ContainerTests.CheckAsync(Path.Combine(folder, "config", role + ".json"), secrets);
        }

        Localize(folder);
        await using PartnerProcess broker = PartnerProcess.Start("mosquitto", ["-c", Path.Combine(folder, "config/mosquitto.conf")]);
        await Eventually.PortOpenAsync(_brokerPort);
        await using PartnerProcess simulator = PartnerProcess.Start(BuiltProgram.Path, ["simulate", Path.Combine(folder, "config/simulation.json")]);
        await using PartnerProcess hub = PartnerProcess.Start(BuiltProgram.Path, ["run", "--config", Path.Combine(folder, "config/hub.json")], environment: secrets);
        await using PartnerProcess agent = PartnerProcess.Start(BuiltProgram.Path, ["run", "--config", Path.Combine(folder, "config/agent.json")], environment: secrets);

        // The image's health check, then the way of the readings from the simulated machine into the store.
        await ShellRun.GoodAsync($"'{BuiltProgram.Path}' health --config '{folder}/config/hub.json' --within 60", secrets);
        await ShellRun.GoodAsync($"'{BuiltProgram.Path}' health --ready --config '{folder}/config/agent.json' --within 60", secrets);
        await Eventually.TrueAsync(async () => await StoredAsync() > 20, () => $"readings are stored\nbroker: {broker.Output}\nhub: {hub.Output}\nagent: {agent.Output}");

        string client = $"-p {_brokerPort} -h 127.0.0.1 --cafile '{folder}/secrets/certs/ca.crt'";
        await RefusedAsync($"mosquitto_pub {client} -t x -m x");
        await RefusedAsync($"mosquitto_pub {client} -u gw-01 -P wrong -t x -m x");
        await RefusedAsync($"mosquitto_pub -p {_brokerPort} -h 127.0.0.1 -u hub -P '{secrets["MQTT_HUB_PASSWORD"]}' -t x -m x"); // Without TLS.
        // An agent cannot write in another's name: the hub would hear of gw-02 otherwise.
        await ShellRun.OfAsync($"mosquitto_pub {client} -V 5 -q 1 -u gw-01 -P '{secrets["MQTT_AGENT_PASSWORD"]}' -t edgeagent/v1/demo-plant/gw-02/birth -m x");
        long before = await StoredAsync();
        await Eventually.TrueAsync(async () => await StoredAsync() > before, "the plant goes on");
        Assert.DoesNotContain("gw-02", hub.Output, StringComparison.Ordinal);
    }

    private void Localize(string folder)
    {
        Rewrite(folder, "mosquitto.conf", ("/mosquitto/certs/", $"{folder}/secrets/certs/"), ("/mosquitto/config/passwd", $"{folder}/secrets/passwd"),
            ("/mosquitto/config/", $"{folder}/config/"), ("listener 8883", $"user {Environment.UserName}\nlistener {_brokerPort} 127.0.0.1"));
        Rewrite(folder, "simulation.json", ("0.0.0.0:15502", $"127.0.0.1:{_machinePort}"));
        Rewrite(folder, "agent.json", ("mosquitto:8883", $"127.0.0.1:{_brokerPort}"), ("\"simulator\"", "\"127.0.0.1\""), ("15502", $"{_machinePort}"),
            ("/data", $"{folder}/agent"), ("0.0.0.0:8080", $"127.0.0.1:{_agentPort}"));
        // Debian has no InfluxDB 2.
        string hub = File.ReadAllText(Path.Combine(folder, "config/hub.json"));
        int store = hub.IndexOf("\"store\": {", StringComparison.Ordinal);
        hub = hub[..store] + "\"store\": { \"path\": \"/data/store\" }" + hub[(hub.IndexOf('}', hub.IndexOf("INFLUXDB_TOKEN}", store, StringComparison.Ordinal) + 15) + 1)..];
        File.WriteAllText(Path.Combine(folder, "config/hub.json"), hub);
        Rewrite(folder, "hub.json", ("mosquitto:8883", $"127.0.0.1:{_brokerPort}"), ("/data", $"{folder}/hub"), ("0.0.0.0:8080", $"127.0.0.1:{_hubPort}"),
            ("\"web\": {", "\"web\": { \"anonymous\": \"state\","));
    }

    private static void Rewrite(string folder, string name, params (string Old, string New)[] changes)
    {
        string path = Path.Combine(folder, "config", name);
        string text = File.ReadAllText(path);
        foreach ((string old, string replacement) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }

        File.WriteAllText(path, text);
    }

    private async Task<long> StoredAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        return (await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{_hubPort}/api/status")).GetProperty("hub").GetProperty("storedReadings").GetInt64();
    }

    private static async Task RefusedAsync(string command)
    {
        ShellRun run = await ShellRun.OfAsync("timeout 20 " + command);
        Assert.True(run.ExitCode != 0, $"not refused: {command}\n{run.Output}");
    }
}
