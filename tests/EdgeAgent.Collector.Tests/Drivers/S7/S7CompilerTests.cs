using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.S7;

public sealed class S7CompilerTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "S7", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Fact]
    public void Every_error_is_told_at_once_and_names_its_tag()
    {
        string[] errors = ErrorsOf("""
            { "name": "bits", "address": "DB1.DBX0.0", "type": "uint16" }, { "name": "nobit", "address": "M4", "type": "bool" },
            { "name": "wide", "address": "DB1.DBW0", "type": "float32" }, { "name": "text", "address": "DB1.DBB0", "type": "string" },
            { "name": "ordered", "address": "MW0", "order": "BA" }, { "name": "end", "address": "DB1.DBD65534" }, { "name": "modbus", "address": "hr:1" },
            { "name": "long", "address": "DB1.0", "type": "bytes", "length": 223 }
            """, """ "rack": 0, "remoteTsap": "xyz" """);
        foreach (string name in new[] { "bits", "nobit", "wide", "text", "ordered", "end", "modbus", "long" })
        {
            Assert.Single(errors, e => e.Contains($"'{name}'", StringComparison.Ordinal));
        }

        Assert.Contains(errors, e => e.Contains("host", StringComparison.Ordinal) && e.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("transport selector", StringComparison.Ordinal));
        Assert.Equal(10, errors.Length);
    }

    private static string[] ErrorsOf(string tags, string settings)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory.File("c.json"), $$"""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ],
              "endpoints": [ { "name": "e", "driver": "s7", "settings": { {{settings}} }, "devices": [ { "name": "d", "tags": [ {{tags}} ] } ] } ] } }
            """);
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(directory.File("c.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        return [.. errors.Select(e => e.ToString())];
    }
}
