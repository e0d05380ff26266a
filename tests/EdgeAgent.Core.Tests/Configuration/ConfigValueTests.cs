using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Configuration;

public sealed class ConfigValueTests
{
    [Fact]
    public void Missing_members_get_their_defaults_at_every_depth()
    {
        AppConfig config = Parse("""{ "site": "s", "agent": { "id": "a", "publishers": [ { "name": "p", "brokers": ["mqtt://h"] } ] }, "hub": {}, "web": {} }""");

        Assert.Equal(new AgentConfig { Id = "a" }.FlushIntervalMs, config.Agent!.FlushIntervalMs);
        Assert.Equal(2L << 30, config.Agent.Buffer.SizeBytesMax);
        Assert.Equal(BufferDurability.Normal, config.Agent.Buffer.Durability);
        Assert.Empty(config.Agent.Endpoints);
        Assert.Equal((100, 5, 30), (config.Agent.Publishers[0].InFlightMax, config.Agent.Publishers[0].ProtocolVersion, config.Agent.Publishers[0].KeepAliveSeconds));
        Assert.Equal("127.0.0.1:8080", config.Web!.Listen);
        Assert.Equal("miit-2024", config.Hub!.RulePack);
        Assert.Equal("/etc/edgeagent/data/hub/store", config.Hub.Store.Path);
        Assert.Equal(LogLevelName.Information, config.Logging.Level);
    }

    [Fact]
    public void Values_come_out_as_written()
    {
        AppConfig config = Parse("""
            { "site": "s", "agent": { "id": "a", "flushIntervalMs": 100, "dataDirectory": "/var/lib/ea", "buffer": { "durability": "full" },
              "scanClasses": { "fast": { "intervalMs": 20 } },
              "endpoints": [ { "name": "e", "driver": "d", "provenance": "simulated", "settings": { "host": "${env:HOST}", "port": 502 },
                "devices": [ { "name": "x", "asset": "A-1", "tags": [ { "name": "t", "address": "HR1", "type": "uint16", "scale": 0.1, "bit": null, "scan": "fast" } ] } ] } ] } }
            """);

        EndpointConfig endpoint = config.Agent!.Endpoints[0];
        Assert.Equal((100, "/var/lib/ea", BufferDurability.Full), (config.Agent.FlushIntervalMs, config.Agent.DataDirectory, config.Agent.Buffer.Durability));
        Assert.Equal(Provenance.Simulated, endpoint.Provenance);
        Assert.Equal("10.0.0.5", endpoint.Settings.GetProperty("host").GetString());
        Assert.Equal(502, endpoint.Settings.GetProperty("port").GetInt32());
        TagConfig tag = endpoint.Devices[0].Tags[0];
        Assert.Equal(("t", "HR1", TagType.UInt16, 0.1, null, "fast"), (tag.Name, tag.Address, tag.Type, tag.Scale, tag.Bit, tag.Scan));
    }

    [Fact]
    public void A_secret_prints_as_stars_and_reveals_itself_only_when_asked()
    {
        AppConfig config = Parse("""{ "site": "s", "agent": { "id": "a", "publishers": [ { "name": "p", "brokers": ["mqtt://h"], "user": "u", "password": "x${env:HOST}$${y}" } ] } }""");

        Assert.Equal("x10.0.0.5${y}", config.Agent!.Publishers[0].Password!.Reveal());
        Assert.DoesNotContain("10.0.0.5", config.ToString(), StringComparison.Ordinal);
        Assert.Equal("***", config.Agent.Publishers[0].Password!.ToString());
    }

    internal static AppConfig Parse(string json)
    {
        LoadedConfig loaded = ConfigFile.Parse(Encoding.UTF8.GetBytes(json), "/etc/edgeagent/config.json", "/etc/edgeagent", name => name == "HOST" ? "10.0.0.5" : null);
        Assert.Empty(loaded.Errors);
        return loaded.Config!;
    }
}
