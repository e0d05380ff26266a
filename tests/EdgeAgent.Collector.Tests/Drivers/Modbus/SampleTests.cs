using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class SampleTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        string path = Path.Combine(RepositoryRoot.Path, "src", "EdgeAgent.Collector", "Drivers", "Modbus", "sample.json");
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(path);
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
        Assert.Equal(7, config.Agent!.Endpoints[0].Devices[0].Tags.Count);
    }
}
