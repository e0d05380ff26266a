using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

public sealed class BrokerToNpmClientTests
{
    private static readonly string[] Scenarios = ["levels", "exactlyOnce", "retained", "will", "session", "shared", "takeover", "large"];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int> { { "properties", 5 } };
            foreach (string scenario in Scenarios)
            {
                cases.Add(scenario, 4);
                cases.Add(scenario, 5);
            }
            return cases;
        }
    }

    [PartnerTheory("node")]
    [MemberData(nameof(Cases))]
    public async Task The_npm_client_gets_what_MQTT_promises(string scenario, int version)
    {
        await using BrokerHost broker = await BrokerHost.StartAsync();
        await using PartnerProcess node = PartnerProcess.Start(
            "node", [RepositoryRoot.Combine("tests", "partners", "mqtt_scenarios.mjs"), $"{broker.Port}", $"{version}", scenario]);
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, node.Output);
    }
}
