using System.Text.Json;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

/// <summary>Golden cases, each named after what went wrong somewhere: a device with tags, and the requests that it gets once its
/// peculiarities are learnt. To record a fault, add a folder.</summary>
public sealed class PlanCaseTests
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "EdgeAgent.Collector.Tests", "Drivers", "Modbus", "Cases");

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_device_gets_these_requests(string name)
    {
        JsonElement given = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name, "case.json"))).RootElement;
        var errors = new ConfigErrors();
        Assert.True(SettingsReader.TryRead(
            given.GetProperty("device"), ModbusSettingsJson.Default.ModbusDeviceSettings, ConfigPath.Root, errors, out ModbusDeviceSettings? read));
        ModbusDeviceSettings settings = read with { Identify = false };
        var compiler = new ModbusTagCompiler(settings, ConfigPath.Root, errors);
        ModbusTag[] tags = [.. given.GetProperty("tags").EnumerateArray().Select((tag, id) => compiler.Compile(TagOf(tag.GetString()!), id, id)!)];
        Assert.Empty(errors);

        var unit = new UnitFixture(tags, settings);
        if (given.TryGetProperty("illegal", out JsonElement illegal))
        {
            unit.Line.Illegal.UnionWith(illegal.EnumerateArray().Select(address => address.GetInt32()));
        }

        if (given.TryGetProperty("countMax", out JsonElement countMax))
        {
            unit.Line.CountMax = countMax.GetInt32();
        }

        unit.Scan();
        unit.Scan();
        string[] requests = [.. unit.Line.Requests.Select(request => $"{ModbusTagAddress.Prefix(request.Function)}:{request.Address} x {request.Count}")];
        Assert.Equal(File.ReadAllLines(Path.Combine(Folder, name, "expected.txt")), requests);
    }

    /// <summary>Reads "address [type [length]]".</summary>
    private static TagConfig TagOf(string text)
    {
        string[] parts = text.Split(' ');
        return new TagConfig
        {
            Name = text,
            Address = parts[0],
            Type = parts.Length > 1 ? Enum.Parse<TagType>(parts[1], ignoreCase: true) : null,
            Length = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }
}
