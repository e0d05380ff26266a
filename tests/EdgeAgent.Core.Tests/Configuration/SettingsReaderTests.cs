using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration;

public sealed partial class SettingsReaderTests
{
    private static readonly ConfigPath At = ConfigPath.Root.Member("settings");

    [Fact]
    public void Settings_get_their_defaults_and_their_values()
    {
        Assert.True(TryRead("""{ "host": "h", "port": 503, "nested": { "flag": true } }""", out Settings? settings, out _));
        Assert.Equal(("h", 503, 1000, true, 7), (settings!.Host, settings.Port, settings.TimeoutMs, settings.Nested.Flag, settings.Nested.Depth));
        Assert.Empty(settings.List);
    }

    [Fact]
    public void Every_error_is_reported_with_its_path()
    {
        Assert.False(TryRead("""{ "hots": "h", "port": 70000, "timeoutMs": "x", "nested": { "depth": 1.5 }, "list": [1, "a"] }""", out _, out ConfigErrors errors));
        Assert.Equal(
            ["$.settings.hots", "$.settings.port", "$.settings.timeoutMs", "$.settings.nested.depth", "$.settings.list[1]"],
            errors.Select(e => e.Path));
        Assert.Equal("did you mean 'host'?", errors.First().TryNext);
    }

    [Fact]
    public void Missing_settings_read_as_an_empty_object()
    {
        var errors = new ConfigErrors();
        Assert.False(SettingsReader.TryRead(default, Json.Default.Settings, At, errors, out _));
        Assert.Equal("'host' is missing", Assert.Single(errors).Problem);
    }

    /// <summary>The source-generated deserializer would silently set the member to 0.</summary>
    [Fact]
    public void A_record_that_would_lose_its_default_is_refused_at_once()
    {
        using JsonDocument document = JsonDocument.Parse("{}");
        Assert.Throws<InvalidOperationException>(() => SettingsReader.TryRead(document.RootElement, Json.Default.Trap, At, new ConfigErrors(), out _));
    }

    private static bool TryRead(string json, out Settings? settings, out ConfigErrors errors)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        errors = new ConfigErrors("config.json");
        return SettingsReader.TryRead(document.RootElement, Json.Default.Settings, At, errors, out settings);
    }

    internal sealed record Settings
    {
        public required string Host { get; init; }

        [DefaultValue(502), Range(1, 65_535)]
        public int Port { get; init; } = 502;

        [DefaultValue(1000)]
        public int TimeoutMs { get; init; } = 1000;

        public Nested Nested { get; init; } = new();

        public IReadOnlyList<int> List { get; init; } = [];
    }

    internal sealed record Nested
    {
        public bool? Flag { get; init; }

        [DefaultValue(7)]
        public int Depth { get; init; } = 7;
    }

    internal sealed record Trap
    {
        public int TimeoutMs { get; init; } = 1000;
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(Settings))]
    [JsonSerializable(typeof(Trap))]
    private sealed partial class Json : JsonSerializerContext;
}
