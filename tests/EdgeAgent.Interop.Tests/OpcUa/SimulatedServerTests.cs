using System.Text.Json;
using EdgeAgent.Simulation;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Our simulated server, asked by npm's node-opcua. It makes its certificate once for all tests, which takes it seconds.</summary>
public sealed class SimulatedServerTests(TempDirectory store) : IClassFixture<TempDirectory>
{
    private const string Plant = "urn:edgeagent:simulator:plant";

    [PartnerTheory("node")]
    [InlineData("None", "None", null)]
    [InlineData("None", "None", "op")]
    [InlineData("Basic256Sha256", "Sign", null)]
    [InlineData("Basic256Sha256", "SignAndEncrypt", "op")]
    [InlineData("Aes128_Sha256_RsaOaep", "SignAndEncrypt", "op")]
    [InlineData("Aes256_Sha256_RsaPss", "SignAndEncrypt", "op")]
    public async Task A_client_of_others_connects_and_reads(string policy, string mode, string? user)
    {
        JsonElement result = await RunAsync(new
        {
            policy, mode, user, password = "pässword",
            read = (string[])["ns=2;s=press-1.State", "ns=2;s=Scalar.String", "ns=2;s=Matrix.Int32", "ns=2;s=Nobody", "i=2259"],
        });
        Assert.Equal("EdgeAgent Simulator", result.GetProperty("product").GetString());
        Assert.Equal(7, result.GetProperty("endpoints").GetArrayLength());
        Assert.Equal(Plant, result.GetProperty("namespaces")[2].GetString());
        JsonElement read = result.GetProperty("read");
        Assert.Equal("UInt16", read[0].GetProperty("type").GetString());
        Assert.Equal("压力机 Press", read[1].GetProperty("value").GetString());
        Assert.Equal([-320_000, int.MaxValue, int.MaxValue, -320_000], read[2].GetProperty("value").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal([2, 2], read[2].GetProperty("dimensions").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal("BadNodeIdUnknown", read[3].GetProperty("status").GetString());
        Assert.Equal(0, read[4].GetProperty("value").GetInt32());
    }

    [PartnerFact("node")]
    public async Task A_wrong_password_is_refused()
    {
        JsonElement result = await RunAsync(new { policy = "Basic256Sha256", mode = "SignAndEncrypt", user = "op", password = "guess" }, mustWork: false);
        Assert.Contains("BadUserAccessDenied", result.GetProperty("error").GetString());
    }

    [PartnerFact("node")]
    public async Task A_client_of_others_browses_five_thousand_nodes_in_pages_and_follows_a_path()
    {
        JsonElement result = await RunAsync(new { browse = "RootFolder", pageSize = 300, translate = "/2:Plant/2:press-1/2:State" });
        Assert.True(result.GetProperty("browse").GetProperty("count").GetInt32() > 5_000);
        Assert.Equal(["Objects", "Types", "Views"], result.GetProperty("browse").GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal("ns=2;s=press-1.State", result.GetProperty("translate").GetString());
    }

    /// <summary>The token lives two seconds, so that it is renewed while notifications come.</summary>
    [PartnerTheory("node")]
    [InlineData("None", "None")]
    [InlineData("Basic256Sha256", "SignAndEncrypt")]
    public async Task Every_value_reaches_a_subscriber_of_others_while_tokens_are_renewed(string policy, string mode)
    {
        string[] nodes = [.. Enumerable.Range(0, 50).Select(i => $"ns=2;s=Counter.{i}")];
        JsonElement result = await RunAsync(new { policy, mode, tokenLifetimeMs = 2_000, subscribe = new { nodes, samplingMs = 50, publishingMs = 100, queueSize = 50, values = 100 } });
        foreach (JsonProperty node in result.GetProperty("subscribe").EnumerateObject())
        {
            long[] values = [.. node.Value.EnumerateArray().Select(v => v.GetInt64())];
            // The first value is read when the item is created, and may repeat or precede the first one on the grid.
            Assert.All(values.Skip(1).Zip(values.Skip(2)), pair => Assert.Equal(pair.First + 1, pair.Second));
        }
    }

    [PartnerFact("node")]
    public async Task A_client_of_others_reads_the_history()
    {
        JsonElement result = await RunAsync(new
        {
            subscribe = new { nodes = (string[])["ns=2;s=Counter.0"], values = 40 }, // Meanwhile values are kept.
            history = new { node = "ns=2;s=press-1.Power", seconds = 60 },
        });
        JsonElement history = result.GetProperty("history");
        Assert.Equal("Good", history.GetProperty("status").GetString());
        long[] instants = [.. history.GetProperty("values").EnumerateArray().Where(v => v[1].ValueKind == JsonValueKind.Number).Select(v => v[0].GetInt64())];
        Assert.True(instants.Length >= 10, $"{instants.Length} values");
        Assert.All(instants.Zip(instants.Skip(1)), pair => Assert.Equal(100, pair.Second - pair.First));
    }

    private async Task<JsonElement> RunAsync(object settings, bool mustWork = true)
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(
            new SimulationConfig
            {
                OpcUa =
                [
                    new SimulatedOpcUaConfig
                    {
                        Name = "plant",
                        Listen = "127.0.0.1:0",
                        Security = SimulatedSecurity.Names,
                        Users = [new SimulatedUserConfig { Name = "op", Password = "pässword" }],
                        Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }],
                        Counters = 5_000,
                        CounterIntervalMs = 50,
                        AllTypes = true,
                        HistoryValues = 1_000,
                        HistoryIntervalMs = 100,
                    },
                ],
            },
            TimeProvider.System);
        Dictionary<string, JsonElement> all = JsonSerializer.SerializeToElement(settings).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        all["url"] = JsonSerializer.SerializeToElement($"opc.tcp://127.0.0.1:{plant.Endpoints["plant"].Port}");
        all["store"] = JsonSerializer.SerializeToElement(store.Path);
        await using PartnerProcess client = PartnerProcess.Start(
            "node", [RepositoryRoot.Combine("tests", "partners", "opcua_client.mjs"), JsonSerializer.Serialize(all)]);
        await client.WaitForExitAsync();
        string line = client.Output.Split('\n').Last(l => l.StartsWith('{'));
        Assert.True(client.ExitCode == 0 || !mustWork, client.Output);
        return JsonDocument.Parse(line).RootElement;
    }
}
