using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Engineering;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>Forms for drivers' settings explain each field in both languages.</summary>
public sealed class SettingsWordsTests
{
    [Fact]
    public void Every_setting_of_every_driver_is_described_in_Chinese_too()
    {
        List<string> without = [];
        int described = 0;
        foreach (IDriverFactory driver in DriverRegistry.CreateDefault().Factories)
        {
            Look(SettingsWords.In(ConfigSchema.Of(driver.EndpointSettings)), driver.Name);
            Look(SettingsWords.In(ConfigSchema.Of(driver.DeviceSettings)), driver.Name);
        }

        Assert.True(without.Count == 0, "Put these into settings-zh.txt:\n" + string.Join('\n', without.Distinct()));
        Assert.True(described > 200, $"Only {described} descriptions were found.");

        void Look(JsonElement schema, string where)
        {
            if (schema.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement one in schema.EnumerateArray())
                {
                    Look(one, where);
                }
            }
            else if (schema.ValueKind == JsonValueKind.Object)
            {
                if (schema.TryGetProperty("description", out JsonElement english) && english.ValueKind == JsonValueKind.String)
                {
                    described++;
                    if (!schema.TryGetProperty("descriptionZh", out JsonElement chinese) || chinese.GetString() == english.GetString())
                    {
                        without.Add($"{where}: {english.GetString()}");
                    }
                }

                foreach (JsonProperty member in schema.EnumerateObject())
                {
                    Look(member.Value, where);
                }
            }
        }
    }
}
