using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>A configuration of one endpoint with one device, made of what a page sends, to be tried before it is saved.</summary>
/// <param name="Agent">Null with errors.</param>
internal sealed record TrialPlant(AgentConfig? Agent, ConfigErrors Errors, EndpointPlace? Place)
{
    /// <param name="endpoint">Name, driver and settings; or the name of one that is configured.</param>
    /// <param name="device">Name, template, settings, tags; null for none.</param>
    /// <exception cref="ApiProblem">It cannot be put together.</exception>
    public static TrialPlant Make(RunningConfiguration configuration, JsonElement endpoint, JsonElement? device, DraftTable? sheet)
    {
        ConfigBundle current = configuration.Read();
        JsoncText? original = JsoncText.Parse(current.Main);
        JsonNode? running = original is null ? null : JsonNode.Parse(DraftReader.DataOf(SecretMask.Hide(original)).GetRawText());
        JsonObject line = EndpointOf(endpoint, running);
        line["devices"] = device is { ValueKind: JsonValueKind.Object } of ? new JsonArray(DeviceOf(of, sheet)) : [];
        JsonObject agent = new() { ["id"] = "draft", ["endpoints"] = new JsonArray(line) };
        if (running?["agent"]?["scanClasses"] is { } classes)
        {
            agent["scanClasses"] = classes.DeepClone();
        }

        byte[] text = Encoding.UTF8.GetBytes(new JsonObject { ["site"] = "draft", ["agent"] = agent }.ToJsonString());
        if (original is not null && !SecretMask.TryRestore(JsoncText.Parse(text)!, original, out text))
        {
            throw ApiProblem.BadRequest(new("草稿引用了当前配置中没有的密码，请重新输入。", "The draft keeps a password that the configuration does not have. Type it anew."));
        }

        LoadedConfig loaded = ConfigLoading.Parse(new ConfigBundle(text, current.Tables), configuration.Path, withAssessment: false);
        EndpointPlace? place = loaded.Config?.Agent is { } made && !loaded.Errors.Any ? PlantCompiler.Places(made, DriverRegistry.CreateDefault()).FirstOrDefault() : null;
        return new TrialPlant(loaded.Errors.Any ? null : loaded.Config?.Agent, loaded.Errors, place);
    }

    /// <summary>The same errors as a page can show: without the parts of the path that it did not send.</summary>
    public IReadOnlyList<ProblemView> Problems => [.. Errors.Select(static e => new ProblemView(
        "", e.Path.Replace("$.agent.endpoints[0].devices[0]", "$.device", StringComparison.Ordinal).Replace("$.agent.endpoints[0]", "$.endpoint", StringComparison.Ordinal),
        0, null, null, e.Problem, e.Expected, e.TryNext))];

    /// <summary>Why the place cannot be used now; null when it can.</summary>
    public static string? TakenBy(RunningConfiguration configuration, EndpointPlace place) =>
        place.IsExclusive && configuration.Check(configuration.Read()).Config?.Agent is { } agent
            ? PlantCompiler.Places(agent, DriverRegistry.CreateDefault()).FirstOrDefault(p => p.Key == place.Key)?.Endpoint
            : null;

    private static JsonObject EndpointOf(JsonElement endpoint, JsonNode? running)
    {
        if (endpoint.ValueKind == JsonValueKind.Object)
        {
            JsonObject given = JsonNode.Parse(endpoint.GetRawText())!.AsObject();
            given["name"] ??= "draft";
            return given;
        }

        string? name = endpoint.ValueKind == JsonValueKind.String ? endpoint.GetString() : null;
        return (running?["agent"]?["endpoints"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(e => (string?)e["name"] == name)?.DeepClone().AsObject()
            ?? throw ApiProblem.BadRequest(new($"没有名为 {name} 的连接。", $"There is no endpoint {name}."));
    }

    private static JsonObject DeviceOf(JsonElement device, DraftTable? sheet)
    {
        JsonObject given = JsonNode.Parse(device.GetRawText())!.AsObject();
        given["name"] ??= "draft";
        if (sheet is not null)
        {
            (IReadOnlyList<TagConfig> tags, IReadOnlyList<SheetProblem> problems) = TagSheetCheck.Check(new TagSheet(sheet.Columns, sheet.Rows));
            if (problems.Count > 0)
            {
                SheetProblem first = problems[0];
                throw ApiProblem.BadRequest(new(
                    $"点表有 {problems.Count} 处错误，第一处：第 {first.Row + 1} 行，{first.Problem}", $"The table has {problems.Count} errors, the first in row {first.Row + 1}: {first.Problem}"));
            }

            given.Remove("tagFile");
            given["tags"] = new JsonArray([.. tags.Select(static t => JsonNode.Parse(TemplatePages.JsonOf(t).GetRawText()))]);
        }

        return given;
    }
}
