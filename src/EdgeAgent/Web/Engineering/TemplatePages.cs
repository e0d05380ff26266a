using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Engineering;

/// <summary>What a device can start from: templates, and the settings of drivers.</summary>
internal sealed class TemplatePages(RunningConfiguration configuration)
{
    /// <summary>As a configuration writes tags: what is not said is not there.</summary>
    private static readonly ConfigJson Tidy = new(new JsonSerializerOptions(ConfigJson.Default.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault });

    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Get("/api/engineering/templates", AccessPermission.Engineer, "Templates of devices, those beside the configuration and those of the program", (context, _) =>
            context.WriteJsonAsync(PageRequest.Of(context).Cut([.. List().Select(entry => ViewOf(entry, context))]), json.TemplatePage)).Paged().Gives(json.TemplatePage, "Templates");
        api.Get("/api/engineering/templates/{name}", AccessPermission.Engineer, "A template with its settings and tags", (context, _) =>
            context.WriteJsonAsync(DetailOf(Find(context.Route("name")), context), json.TemplateDetail))
            .Route("name", "Name of the template.").Gives(json.TemplateDetail, "Settings and tags").Fails(StatusCodes.Status404NotFound, "There is no such template.");
        api.Get("/api/engineering/drivers", AccessPermission.Engineer, "Drivers with the JSON Schema of their settings; descriptionZh stands beside description", (context, _) =>
            context.WriteJsonAsync(PageRequest.Of(context).Cut(Drivers), json.DriverPage)).Paged().Gives(json.DriverPage, "Drivers");
    }

    /// <summary>A tag as a configuration writes it.</summary>
    public static JsonElement JsonOf(TagConfig tag) => JsonSerializer.SerializeToElement(tag, Tidy.TagConfig);

    private static IReadOnlyList<DriverView> Drivers { get; } =
    [
        .. DriverRegistry.CreateDefault().Factories.Select(static f => new DriverView(f.Name, SettingsWords.In(ConfigSchema.Of(f.EndpointSettings)), SettingsWords.In(ConfigSchema.Of(f.DeviceSettings)))),
    ];

    private IReadOnlyList<TemplateEntry> List() => TemplateCatalog.List(configuration.Directory, new ConfigErrors());

    private TemplateEntry Find(string name) => List().FirstOrDefault(t => t.Name == name)
        ?? throw ApiProblem.NotFound(new($"没有模板 {name}，或模板文件有错误。", $"There is no template {name}, or its file has errors."));

    private static TemplateView ViewOf(TemplateEntry entry, HttpContext context) => new(
        entry.Name, entry.File, Phrasebook.Chinese.For(context, entry.Template.Description), Phrasebook.Chinese.For(context, entry.Template.Basis), entry.Template.Drivers, entry.Template.Tags.Count);

    private static TemplateDetail DetailOf(TemplateEntry entry, HttpContext context) => new(
        entry.Name, entry.File, Phrasebook.Chinese.For(context, entry.Template.Description), Phrasebook.Chinese.For(context, entry.Template.Basis), entry.Template.Drivers,
        entry.Template.Settings.ValueKind == JsonValueKind.Object ? entry.Template.Settings : null, [.. entry.Template.Tags.Select(JsonOf)],
        entry.Template.ScanClasses.ToDictionary(static c => c.Key, static c => c.Value.IntervalMs));
}
