using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Commands;

namespace EdgeAgent.Tests.Configuration;

/// <summary>Every template that is shipped makes a device that its driver compiles, once the entry says what only the plant knows.</summary>
public sealed class ShippedTemplateTests
{
    public static TheoryData<string> Templates =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Combine("configs", "templates"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Compiles_for_each_of_its_drivers(string template)
    {
        using var directory = new TempDirectory();
        using System.Text.Json.JsonDocument content = System.Text.Json.JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("configs", "templates", template + ".json")));
        foreach (string driver in content.RootElement.GetProperty("drivers").EnumerateArray().Select(name => name.GetString()!))
        {
            LoadedConfig loaded = ConfigLoading.Load(Write(directory, driver, template));

            Assert.Empty(loaded.Errors);
            DeviceConfig device = loaded.Config!.Agent!.Endpoints[0].Devices[0];
            Assert.Equal(content.RootElement.GetProperty("tags").GetArrayLength(), device.Tags.Count);
            Assert.All(device.Tags, tag => Assert.False(string.IsNullOrWhiteSpace(tag.Description)));
        }
    }

    [Fact]
    public async Task Check_shows_what_comes_from_a_template()
    {
        using var directory = new TempDirectory();

        CommandLineRun run = await CommandLineRun.OfAsync("check", Write(directory, "modbus-tcp", "energy-meter-3p"));

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("device d: 20 tags of built-in template energy-meter-3p; its settings: order, identify, gapRegistersMax.", run.Out, StringComparison.Ordinal);
    }

    private static string Write(TempDirectory directory, string driver, string template)
    {
        (string endpoint, string device) = driver switch
        {
            "modbus-rtu" or "modbus-ascii" => ("\"serial\": { \"port\": \"/dev/ttyUSB0\" }", ""),
            "modbus-listen" => ("\"port\": 15020", ""),
            "dlt645" => ("\"serial\": { \"port\": \"/dev/ttyUSB0\" }", "\"address\": \"000102030425\""),
            "opc-ua" => (
                """
                "endpoints": [ "opc.tcp://127.0.0.1:4840" ], "namespaces": { "di": "http://opcfoundation.org/UA/DI/",
                "pr": "http://opcfoundation.org/UA/PlasticsRubber/GeneralTypes/", "imm": "http://opcfoundation.org/UA/PlasticsRubber/IMM2MES/" }
                """,
                "\"root\": \"/Objects/di:DeviceSet/4:IMM_Maker_0001\""),
            "mqtt-in" => (
                """
                "brokers": [ "mqtt://127.0.0.1:1883" ], "sources": [ { "name": "lora", "format": "chirpstack" } ]
                """,
                "\"id\": \"0101010101010101\""),
            "mtconnect" => ("\"url\": \"http://127.0.0.1:5000\"", ""),
            _ => ("\"host\": \"127.0.0.1\"", ""),
        };
        string file = directory.File(driver + ".json");
        File.WriteAllText(
            file,
            $$"""
            { "site": "demo-plant", "agent": { "id": "gw-01", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1883" ] } ], "endpoints": [ { "name": "e", "driver": "{{driver}}",
              "settings": { {{endpoint}} },
              "devices": [ { "name": "d", "template": "{{template}}", "settings": { {{device}} } } ] } ] } }
            """);
        return file;
    }
}
