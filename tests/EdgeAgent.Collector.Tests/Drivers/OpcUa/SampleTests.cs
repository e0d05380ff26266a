using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.OpcUa;

public sealed class SampleTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        string path = Path.Combine(RepositoryRoot.Path, "src", "EdgeAgent.Collector", "Drivers", "OpcUa", "sample.json");
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(path);
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Fact]
    public void Every_error_is_told_at_once()
    {
        using var directory = new TempDirectory();
        string path = directory.File("bad.json");
        File.WriteAllText(path, """
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1883" ] } ], "endpoints": [ { "name": "e", "driver": "opc-ua",
              "settings": { "endpoints": [ "http://x" ], "securityPolicy": "Basic128", "user": "op", "monitoring": { "deadbandAbsolute": 1, "deadbandPercent": 2 } },
              "devices": [ { "name": "d", "tags": [
                { "name": "a", "address": "ns=2" }, { "name": "b", "address": "/Objects/q:X" }, { "name": "c", "address": "i=5 [2:1]" }, { "name": "d", "address": "i=5", "type": "bcd16" } ] } ] } ] } }
            """);
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(path);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Equal(8, errors.Count);
    }
}
