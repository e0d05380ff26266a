using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration;

public sealed class ConfigDiffTests
{
    private const string Base = """
        { "site": "s", "agent": { "id": "a", "scanClasses": { "fast": { "intervalMs": 100 } },
          "publishers": [ { "name": "hub", "brokers": ["mqtt://h"], "user": "u", "password": "one" } ],
          "endpoints": [
            { "name": "e1", "driver": "d", "settings": { "host": "10.0.0.5", "port": 502 }, "devices": [
              { "name": "x", "settings": { "unitId": 1 }, "tags": [ { "name": "t", "address": "1", "scan": "fast" } ] },
              { "name": "y", "settings": { "unitId": 2 }, "tags": [ { "name": "t", "address": "1" } ] } ] },
            { "name": "e2", "driver": "d", "devices": [ { "name": "z" } ] } ] } }
        """;

    [Fact]
    public void Equal_configurations_do_not_differ_even_when_members_are_reordered() =>
        Assert.True(Diff(Base.Replace("\"host\": \"10.0.0.5\", \"port\": 502", "\"port\": 502, \"host\": \"10.0.0.5\"")).IsEmpty);

    [Fact]
    public void A_tag_changes_its_device_only()
    {
        ConfigDiff diff = Diff(Base.Replace("\"address\": \"1\" } ]", "\"address\": \"2\" } ]"));
        Assert.Equal(["y"], diff.Devices.Changed);
        Assert.True(diff.Endpoints.IsEmpty && diff.Publishers.IsEmpty && !diff.Agent);
    }

    [Fact]
    public void A_connection_setting_changes_its_endpoint_only()
    {
        ConfigDiff diff = Diff(Base.Replace("502", "503"));
        Assert.Equal(["e1"], diff.Endpoints.Changed);
        Assert.True(diff.Devices.IsEmpty);
    }

    [Fact]
    public void A_period_changes_the_devices_that_use_it()
    {
        ConfigDiff diff = Diff(Base.Replace("100", "200"));
        Assert.Equal(["x"], diff.Devices.Changed);
        Assert.False(diff.Agent);
    }

    [Fact]
    public void A_password_changes_its_publisher_only()
    {
        ConfigDiff diff = Diff(Base.Replace("\"one\"", "\"two\""));
        Assert.Equal(["hub"], diff.Publishers.Changed);
        Assert.True(diff.Endpoints.IsEmpty && diff.Devices.IsEmpty);
    }

    [Fact]
    public void Added_and_removed_items_are_named()
    {
        ConfigDiff diff = Diff(Base.Replace("\"e2\"", "\"e3\"").Replace("{ \"name\": \"y\"", "{ \"name\": \"y2\""));
        Assert.Equal(["e3"], diff.Endpoints.Added);
        Assert.Equal(["e2"], diff.Endpoints.Removed);
        Assert.Equal(["y2"], diff.Devices.Added);
        Assert.Equal(["y"], diff.Devices.Removed);
    }

    private static ConfigDiff Diff(string after) => ConfigDiff.Between(ConfigValueTests.Parse(Base), ConfigValueTests.Parse(after));
}
