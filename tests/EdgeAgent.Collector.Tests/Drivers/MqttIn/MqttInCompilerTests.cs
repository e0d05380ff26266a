using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.MqttIn;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.MqttIn;

public sealed class MqttInCompilerTests
{
    [Fact]
    public void The_sample_beside_the_driver_is_right()
    {
        (AppConfig? config, ConfigErrors errors) = ConfigFile.Load(RepositoryRoot.Combine("src", "EdgeAgent.Collector", "Drivers", "MqttIn", "sample.json"));
        Assert.Empty(errors);
        PlantCompiler.Check(config!.Agent!, DriverRegistry.CreateDefault(), errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("""{"brokers":["http://x"],"sources":[{"topic":"s/{d}"}]}""", "a", "v", "no broker address")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[]}""", "a", "v", "no source")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"topic":"s/+"}]}""", "a", "v", "no level is captured")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"topic":"s/x{d}"}]}""", "a", "v", "whole level")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"topic":"s/{d}"}]}""", "a/b", "v", "has 2 levels")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"topic":"s/{d}"}]}""", "a", "v[", "']' is missing")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"topic":"s/{d}/{metric}"}]}""", "a", "v", "names no level")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"format":"plain","topic":"s/{d}"}]}""", "a", "v", "no {metric} level")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"format":"sparkplug","topic":"other/#"}]}""", "g/n", "v", "no filter over Sparkplug")]
    [InlineData("""{"brokers":["mqtt://x"],"sources":[{"name":"a","topic":"s/{d}"},{"name":"b","topic":"t/{d}"}]}""", "a", "v", "names no source")]
    [InlineData("""{"brokers":["mqtts://x"],"sources":[{"topic":"s/{d}"}]}""", "a", "v", "anybody could pose")]
    public void Mistakes_are_told(string settings, string id, string address, string expected)
    {
        var errors = new ConfigErrors();
        var endpoint = new EndpointConfig
        {
            Name = "sensors",
            Driver = "mqtt-in",
            Settings = SourceFixture.Json(settings),
            Devices = [new DeviceConfig { Name = "d", Settings = SourceFixture.Json($$"""{"id":"{{id}}"}"""), Tags = [new TagConfig { Name = "t", Address = address }] }],
        };
        Assert.Null(new MqttInDriverFactory().Compile(endpoint, ConfigPath.Root, errors));
        Assert.Contains(errors, error => error.Problem.Contains(expected, StringComparison.Ordinal));
    }
}
