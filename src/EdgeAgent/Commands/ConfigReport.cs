using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Commands;

/// <summary>What is wrong with a configuration, or what is in it, for the person at the keyboard.</summary>
internal static class ConfigReport
{
    /// <param name="file">The configuration file.</param>
    /// <param name="sections">JSON paths of what the verb uses: secrets elsewhere may be out of reach. None given: all.</param>
    /// <exception cref="CommandFailure">The configuration has errors; the message lists them all.</exception>
    public static LoadedConfig LoadOrFail(string file, params string[] sections)
    {
        LoadedConfig loaded = ConfigLoading.Load(file, sections);
        if (!loaded.Errors.Any && loaded.Config is not null)
        {
            return loaded;
        }

        StringWriter text = new();
        Write(text, file, loaded.Errors);
        throw CommandFailure.BadUsage(text.ToString().TrimEnd());
    }

    public static void Write(TextWriter output, string file, ConfigErrors errors)
    {
        foreach (ConfigError error in errors)
        {
            output.WriteLine(error);
        }

        if (errors.Total > errors.Count)
        {
            output.WriteLine($"... and {errors.Total - errors.Count} more");
        }

        output.WriteLine(errors.Total == 1 ? $"{file}: 1 error." : $"{file}: {errors.Total} errors.");
    }

    public static string AsJson(ConfigErrors errors) => JsonSerializer.Serialize([.. errors], ConfigReportJson.Default.ConfigErrorArray);

    /// <summary>What the configuration comes to, so that a forgotten table or a wrong scan class strikes the eye.</summary>
    public static string Summary(AppConfig config)
    {
        List<string> parts = [$"site {config.Site}"];
        if (config.Agent is { } agent)
        {
            List<DeviceConfig> devices = [.. agent.Endpoints.SelectMany(endpoint => endpoint.Devices)];
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"agent {agent.Id} with {Count(agent.Endpoints.Count, "endpoint")}, {Count(devices.Count, "device")}, {Count(devices.Sum(d => d.Tags.Count), "tag")}, {ReadingsPerSecond(agent):0.#} readings/s"));
        }

        if (config.Hub is { } hub)
        {
            parts.Add($"hub with store {hub.Store.Kind.ToString().ToLowerInvariant()}");
        }

        if (config.Broker is { } broker)
        {
            parts.Add($"broker on {string.Join(" and ", new[] { broker.Listen, broker.TlsListen }.OfType<string>())}");
        }

        if (config.Web is { } web)
        {
            parts.Add($"API on {web.Listen}");
        }

        return string.Join("; ", parts);
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {what}s");

    private static double ReadingsPerSecond(AgentConfig agent) => agent.Endpoints
        .SelectMany(endpoint => endpoint.Devices)
        .SelectMany(device => device.Tags)
        .Sum(tag => 1000.0 / IntervalMs(agent, tag.Scan));

    private static int IntervalMs(AgentConfig agent, string? scanClass) =>
        agent.ScanClasses.TryGetValue(scanClass ?? "normal", out ScanClassConfig? found) ? found.IntervalMs : 1000;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ConfigError[]))]
internal sealed partial class ConfigReportJson : JsonSerializerContext;
