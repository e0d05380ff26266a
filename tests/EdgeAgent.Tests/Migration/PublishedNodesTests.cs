using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Tests.Migration;

public sealed class PublishedNodesTests
{
    [Fact]
    public async Task Servers_and_nodes_are_read_in_every_way_to_write_an_id()
    {
        const string Nodes = """
            [
              { "EndpointUrl": "opc.tcp://plc1:4840", "UseSecurity": true, "OpcAuthenticationMode": "UsernamePassword", "OpcAuthenticationUsername": "usr", "OpcAuthenticationPassword": "secret-word",
                "DataSetWriterGroup": "press", "OpcNodes": [
                  { "Id": "ns=2;s=Count", "DisplayName": "count", "OpcSamplingInterval": 200, "OpcPublishingInterval": 1000 },
                  { "Id": "nsu=urn:maker;i=5", "OpcPublishingIntervalTimespan": "00:00:10", "DeadbandType": "Absolute", "DeadbandValue": 1 },
                  { "Id": "http://maker.example/UA/#i=7", "DisplayName": "seven" },
                  { "Id": "rubbish", "DisplayName": "odd" } ] },
              { "EndpointUrl": "opc.tcp://plc2:4840", "UseSecurity": false, "NodeId": { "Identifier": "i=2258" }, "OpcEvents": [] },
              { "OpcNodes": [] }
            ]
            """;
        MigrationRun run = (await MigrationRun.OfAsync("publishednodes.json", Nodes)).InOrder();

        Assert.Equal(["press", "plc2-4840"], run.Endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal("signandencrypt", run.Endpoints[0].Settings.GetProperty("securityMode").GetString());
        Assert.Equal("usr", run.Endpoints[0].Settings.GetProperty("user").GetString());
        Assert.Equal("none", run.Endpoints[1].Settings.GetProperty("securityMode").GetString());
        Assert.Equivalent(new { Address = "ns=2;s=Count", Scan = "every-200ms" }, run.Tag("press", "count"));
        Assert.Equivalent(new { Address = "nsu=urn:maker;i=5", Scan = "every-10s" }, run.Tag("press", "nsu=urn:maker;i=5"));
        Assert.Equal("nsu=http://maker.example/UA/;i=7", run.Tag("press", "seven").Address);
        Assert.Equal("i=2258", Assert.Single(run.Device("plc2-4840").Tags).Address);
        foreach (string part in (ReadOnlySpan<string>)["odd", "events", "entry 3", "DeadbandValue", "password of user usr"])
        {
            Assert.Contains(run.LeftOver, line => line.Contains(part, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("secret-word", run.Run.Out + run.Run.Error, StringComparison.Ordinal);
    }
}
