using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration;

/// <summary>What a device comes to that names a template; the errors are in Cases.</summary>
public sealed class TemplateTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "EdgeAgent.Core.Tests", "Cases", "valid_template_overridden");

    private readonly LoadedConfig _loaded = ConfigFile.Load(Path.Combine(Folder, "config.json"));

    [Fact]
    public void Members_given_at_the_device_win_and_the_rest_is_the_templates()
    {
        DeviceConfig press = _loaded.Config!.Agent!.Endpoints[0].Devices[0];

        Assert.Equal(["speed", "count", "own"], press.Tags.Select(tag => tag.Name));
        Assert.Equal(new TagConfig { Name = "speed", Address = "hr:0", Unit = "1/min", Max = 200 }, press.Tags[0]);
        Assert.Equal("CDAB", press.Settings.GetProperty("order").GetString());
        Assert.Equal(7, press.Settings.GetProperty("unitId").GetInt32());
        Assert.Equal(1, press.Settings.GetProperty("limits").GetProperty("low").GetInt32());
        Assert.Equal(9, press.Settings.GetProperty("limits").GetProperty("high").GetInt32());
    }

    [Fact]
    public void One_devices_overrides_are_not_its_neighbours()
    {
        DeviceConfig press = _loaded.Config!.Agent!.Endpoints[0].Devices[1];

        Assert.Equal(["speed", "count", "state"], press.Tags.Select(tag => tag.Name));
        Assert.Equal(100, press.Tags[0].Max);
    }

    [Fact]
    public void Its_scan_classes_are_declared_with_it() => Assert.Equal(10_000, _loaded.Config!.Agent!.ScanClasses["slow"].IntervalMs);

    [Fact]
    public void What_comes_from_where_can_be_told()
    {
        TemplateUse use = _loaded.Templates[0];

        Assert.Equal(("e", "press-01", "press", 2), (use.Endpoint, use.Device, use.Template, use.Tags));
        Assert.Equal(["speed"], use.Overridden);
        Assert.Equal(["state"], use.Removed);
        Assert.Equal(["own"], use.Added);
        Assert.Equal(["order"], use.Settings);
        Assert.Equal("built-in template energy-meter-3p", _loaded.Templates[2].File);
    }

    [Fact]
    public void A_template_file_is_watched_for_changes_as_the_configuration_is() =>
        Assert.Contains(Path.Combine(Folder, "templates", "press.json"), _loaded.Files);

    [Fact]
    public void Every_template_in_configs_is_in_the_program() =>
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "configs", "templates"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            TemplateLibrary.BuiltIn);
}
