using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Devices and tag tables of a draft.</summary>
internal sealed class DevicePages(RunningConfiguration configuration, ConfigPages pages)
{
    private const long PasteBytesMax = 8 << 20;

    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Post("/api/engineering/devices", AccessPermission.Engineer, "Adds a device to a draft, behind a new endpoint or one that is there; nothing is applied", AddAsync)
            .Takes(json.NewDeviceRequest, ConfigPages.BodyBytesMax).Gives(json.DraftView, "The draft to go on with, and what is wrong with it")
            .Fails(StatusCodes.Status409Conflict, "There is a device of that name.").Quiet();
        api.Post("/api/engineering/tags/paste", AccessPermission.Engineer, "Cells from a spreadsheet's clipboard as rows of a tag table, with errors by cell", PasteAsync)
            .Takes(json.PasteRequest, PasteBytesMax).Gives(json.PastedView, "Rows and what is wrong in them").Quiet();
        api.Post("/api/engineering/tags/check", AccessPermission.Engineer, "The rows of a tag table as tags, with errors by cell", async (context, _) =>
        {
            DraftTable table = await context.ReadJsonAsync(json.DraftTable);
            await context.WriteJsonAsync(ViewOf(new TagSheet(table.Columns, table.Rows)).In(context), json.PastedView);
        }).Takes(json.DraftTable, PasteBytesMax).Gives(json.PastedView, "Tags and what is wrong in the rows").Quiet();
    }

    private async Task AddAsync(HttpContext context, Caller caller)
    {
        NewDeviceRequest request = await context.ReadJsonAsync(EngineeringJson.Default.NewDeviceRequest);
        ConfigBundle current = configuration.Read();
        JsonElement start = request.Draft.Config ?? DraftReader.View(current, "", null, null).Config ?? throw ApiProblem.Conflict(new(
            "当前配置文件不是有效的 JSON，请先以文本方式修正。", "The configuration file is no JSON at the moment. Put it right as text first."));
        JsonNode root = JsonNode.Parse(start.GetRawText())!;
        JsonObject device = Added(root, request);
        Dictionary<string, DraftTable> tables = (request.Draft.Tables ?? new Dictionary<string, DraftTable>()).ToDictionary(StringComparer.Ordinal);
        if (request.Sheet is { } sheet)
        {
            PutTags(device, request.TagFile, sheet, tables, current);
        }

        using JsonDocument changed = JsonDocument.Parse(root.ToJsonString());
        Draft draft = new(request.Draft.Base ?? current.Hash, null, changed.RootElement.Clone(), tables);
        ReadDraft read = DraftReader.Read(draft, current, Path.GetFileName(configuration.Path));
        await context.WriteJsonAsync(new DraftView(draft, pages.ViewOf(read, configuration.Check(read.Bundle)).In(context)), EngineeringJson.Default.DraftView);
    }

    private static JsonObject Added(JsonNode root, NewDeviceRequest request)
    {
        if (request.Device.ValueKind != JsonValueKind.Object || NameOf(request.Device) is not { Length: > 0 } name)
        {
            throw ApiProblem.BadRequest(new("请填写设备名称。", "The device needs a name."));
        }

        if (root["agent"] is not JsonObject agent)
        {
            throw ApiProblem.Conflict(new("此配置没有 agent 部分，无法添加设备。", "This configuration has no agent section that a device could be added to."));
        }

        JsonArray endpoints = agent["endpoints"] as JsonArray ?? [];
        agent["endpoints"] ??= endpoints;
        JsonObject[] devices = [.. endpoints.OfType<JsonObject>().SelectMany(static e => (e["devices"] as JsonArray ?? []).OfType<JsonObject>())];
        if (devices.Any(d => (string?)d["name"] == name))
        {
            throw ApiProblem.Conflict(new($"已有名为 {name} 的设备，请换一个名称。", $"There is a device {name} already. Give this one another name."));
        }

        string? endpointName = request.Endpoint.ValueKind == JsonValueKind.String ? request.Endpoint.GetString() : request.Endpoint.ValueKind == JsonValueKind.Object ? NameOf(request.Endpoint) : null;
        JsonObject? endpoint = endpoints.OfType<JsonObject>().FirstOrDefault(e => (string?)e["name"] == endpointName);
        if (endpoint is null)
        {
            if (request.Endpoint.ValueKind != JsonValueKind.Object)
            {
                throw ApiProblem.BadRequest(new($"没有名为 {endpointName} 的连接。", $"There is no endpoint {endpointName}."));
            }

            endpoint = JsonNode.Parse(request.Endpoint.GetRawText())!.AsObject();
            endpoints.Add((JsonNode)endpoint);
        }

        JsonArray into = endpoint["devices"] as JsonArray ?? [];
        endpoint["devices"] ??= into;
        JsonObject device = JsonNode.Parse(request.Device.GetRawText())!.AsObject();
        into.Add((JsonNode)device);
        return device;
    }

    private static void PutTags(JsonObject device, string? tagFile, DraftTable sheet, Dictionary<string, DraftTable> tables, ConfigBundle current)
    {
        if (string.IsNullOrWhiteSpace(tagFile))
        {
            device["tags"] = new JsonArray([.. TagSheetCheck.Check(new TagSheet(sheet.Columns, sheet.Rows)).Tags.Select(static t => JsonNode.Parse(TemplatePages.JsonOf(t).GetRawText()))]);
            return;
        }

        string key = ConfigBundle.KeyOf(tagFile);
        if (!ConfigBundle.IsInside(key))
        {
            throw ApiProblem.BadRequest(new($"点表 {tagFile} 必须位于配置文件目录之内。", $"The table {tagFile} must lie below the configuration's directory."));
        }

        if (tables.ContainsKey(key) || current.Tables.ContainsKey(key))
        {
            throw ApiProblem.Conflict(new($"点表 {key} 已被使用，请换一个文件名。", $"The table {key} is in use. Give this one another name."));
        }

        device["tagFile"] = key;
        tables[key] = sheet;
    }

    private static async Task PasteAsync(HttpContext context, Caller caller)
    {
        PasteRequest request = await context.ReadJsonAsync(EngineeringJson.Default.PasteRequest);
        TagSheet sheet = PastedCells.Read(request.Text, request.Columns, request.Into) ?? throw ApiProblem.BadRequest(new(
            $"粘贴的内容无法识别为表格（引号不配对，或超过 {TagSheet.RowsMax} 行）。请从表格软件中复制单元格后再粘贴。",
            $"What was pasted is no table (quotes do not fit, or more than {TagSheet.RowsMax} rows). Copy cells in the spreadsheet and paste again."));
        await context.WriteJsonAsync(ViewOf(sheet).In(context), EngineeringJson.Default.PastedView);
    }

    private static PastedView ViewOf(TagSheet sheet)
    {
        (IReadOnlyList<TagConfig> tags, IReadOnlyList<SheetProblem> problems) = TagSheetCheck.Check(sheet);
        return new PastedView(sheet.Columns, sheet.Rows, problems, [.. tags.Select(TemplatePages.JsonOf)]);
    }

    private static string? NameOf(JsonElement named) => named.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
