using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>Agent, embedded broker and hub over mutual TLS, with certificates of the test.</summary>
public sealed class TlsTests
{
    [PartnerFact("pymodbus")]
    public async Task An_agent_with_a_certificate_is_stored_and_one_without_is_kept_out()
    {
        using var directory = new TempDirectory();
        using var authority = new TestAuthority();
        await using CountingServer server = await CountingServer.StartAsync(units: 1, registers: 11);
        int port = FreePort.Tcp();
        (string certificate, string key, _) = authority.Issue("127.0.0.1");
        await File.WriteAllTextAsync(directory.File("hub.json"), $$"""
            { "site": "s",
              "broker": { "tlsListen": "127.0.0.1:{{port}}", "certificateFile": "{{certificate}}", "keyFile": "{{key}}", "clientCaFile": "{{authority.CaFile}}",
                "users": [ { "name": "gw-01", "publish": ["edgeagent/v1/s/%u/+"], "subscribe": ["edgeagent/v1/s/%u/ack"] } ] },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "enrolmentTokens": ["${env:EDGEAGENT_TEST_TOKEN}"] } }
            """);
        await using PartnerProcess hub = BuiltProgram.Start("run", "--config", directory.File("hub.json"));
        await Eventually.PortOpenAsync(port);

        await using (PartnerProcess stranger = await StartAgentAsync(""))
        {
            await Eventually.TrueAsync(
                () => stranger.Output.Contains("cannot", StringComparison.OrdinalIgnoreCase) || stranger.Output.Contains("lost", StringComparison.OrdinalIgnoreCase),
                "the broker turns away who has no certificate\n" + stranger.Output);
        }

        Assert.DoesNotContain("First reading stored", hub.Output, StringComparison.Ordinal);
        (certificate, key, _) = authority.Issue("gw-01");
        await using PartnerProcess agent = await StartAgentAsync($$""", "certificateFile": "{{certificate}}", "keyFile": "{{key}}" """);
        await hub.WaitForLineAsync("First reading stored");
        await Plant.StopAsync(agent);
        await Plant.StopAsync(hub);

        async Task<PartnerProcess> StartAgentAsync(string own)
        {
            await File.WriteAllTextAsync(directory.File("agent.json"), $$"""
                { "site": "s",
                  "agent": { "id": "gw-01", "dataDirectory": "agent", "scanClasses": { "normal": { "intervalMs": 200 } },
                    "publishers": [ { "name": "hub", "brokers": ["mqtts://127.0.0.1:{{port}}"], "tls": { "caFile": "{{authority.CaFile}}"{{own}} }, "enrolmentToken": "${env:EDGEAGENT_TEST_TOKEN}" } ],
                    "endpoints": [ { "name": "line", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{server.Port}} },
                      "devices": [ { "name": "unit-1", "settings": { "unitId": 1 }, "tags": [ { "name": "reads", "address": "hr:0", "type": "uint32" } ] } ] } ] } }
                """);
            return BuiltProgram.Start("run", "--config", directory.File("agent.json"));
        }
    }
}
