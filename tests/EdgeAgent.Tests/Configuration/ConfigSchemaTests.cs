using System.Text.Json;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Configuration;

public sealed class ConfigSchemaTests
{
    private static string SchemaFile => Path.Combine(RepositoryRoot.Path, "configs", "agent.schema.json");

    /// <summary>The schema that editors use is what the records and the drivers say; UPDATE_CASES=1 writes it anew.</summary>
    [Fact]
    public void The_schema_in_configs_is_the_one_that_the_records_give()
    {
        string schema = ConfigSchema.Generate(
            [.. DriverRegistry.CreateDefault().Factories.Select(f => new DriverSettingsSchema(f.Name, f.EndpointSettings, f.DeviceSettings))]);
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            File.WriteAllText(SchemaFile, schema);
        }

        Assert.Equal(File.ReadAllText(SchemaFile), schema);
    }

    /// <summary>The reference for people is what the schema says; UPDATE_CASES=1 writes it anew.</summary>
    [Fact]
    public void The_reference_in_configs_is_the_one_that_the_schema_gives()
    {
        string file = Path.Combine(RepositoryRoot.Path, "configs", "REFERENCE.md");
        string reference = ConfigReference.Generate(EdgeAgent.Commands.SchemaCommand.Text());
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            File.WriteAllText(file, reference);
        }

        Assert.Equal(File.ReadAllText(file), reference);
    }

    [Fact]
    public void Every_member_of_every_object_is_described()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaFile));
        AssertDescribed(schema.RootElement, "$");
    }

    public static TheoryData<string> Samples => ["agent.json", "hub.json", "all-in-one.json"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Samples_are_in_order(string name)
    {
        LoadedConfig loaded = EdgeAgent.Hosting.ConfigLoading.Load(Path.Combine(RepositoryRoot.Path, "configs", name));
        Assert.Empty(loaded.Errors);
        Assert.NotNull(loaded.Config);
    }

    private static void AssertDescribed(JsonElement node, string path)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (node.TryGetProperty("properties", out JsonElement properties) && !path.Contains(".allOf.", StringComparison.Ordinal))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                Assert.True(property.Value.TryGetProperty("description", out _), $"{path}.{property.Name}");
            }
        }

        foreach (JsonProperty member in node.EnumerateObject())
        {
            AssertDescribed(member.Value, $"{path}.{member.Name}");
        }
    }
}
