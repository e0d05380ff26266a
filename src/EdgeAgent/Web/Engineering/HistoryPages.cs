using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>The configurations that were in force, and the way back to one.</summary>
internal sealed class HistoryPages(RunningConfiguration configuration, ConfigPages pages, AccessLog log)
{
    public void Map(ApiBuilder api)
    {
        EngineeringJson json = EngineeringJson.Default;
        api.Get("/api/engineering/config/history", AccessPermission.Engineer, "The configurations that were in force, the newest first", (context, _) =>
            context.WriteJsonAsync(PageRequest.Of(context).Cut(configuration.History.List()), json.HistoryPage))
            .Paged().Gives(json.HistoryPage, "Who, when and why");
        api.Get("/api/engineering/config/history/{id}", AccessPermission.Engineer, "A configuration that was in force", (context, _) =>
            context.WriteJsonAsync(DraftReader.View(Find(context.Route("id")), configuration.Path, null, null), json.ConfigView))
            .Route("id", "Id of the entry.").Gives(json.ConfigView, "Text, data and tables").Fails(StatusCodes.Status404NotFound, "There is no such entry.");
        api.Get("/api/engineering/config/history/{id}/diff", AccessPermission.Engineer, "What going back to it would change", (context, _) =>
        {
            ConfigBundle bundle = Find(context.Route("id"));
            return pages.WriteDiffAsync(context, configuration.Read(), Whole(bundle));
        }).Route("id", "Id of the entry.").Gives(json.DiffView, "Changes in words and structured")
            .Gives(json.CheckView, "It has errors today", StatusCodes.Status422UnprocessableEntity).Fails(StatusCodes.Status404NotFound, "There is no such entry.");
        api.Post("/api/engineering/config/rollback", AccessPermission.Engineer, "Brings an earlier configuration into force; If-Match names the hash of the present one", RollBackAsync)
            .Takes(json.RollbackRequest).Gives(json.AppliedView, "In force").Gives(json.CheckView, "It has errors today; nothing was written", StatusCodes.Status422UnprocessableEntity)
            .Fails(StatusCodes.Status404NotFound, "There is no such entry.").Fails(StatusCodes.Status409Conflict, "The configuration changed meanwhile, or could not be taken over.")
            .Fails(StatusCodes.Status428PreconditionRequired, "If-Match is missing.");
    }

    private async Task RollBackAsync(HttpContext context, Caller caller)
    {
        string expected = ConfigPages.ExpectedOf(context);
        RollbackRequest request = await context.ReadJsonAsync(EngineeringJson.Default.RollbackRequest);
        ConfigBundle bundle = Find(request.Id);
        string comment = string.IsNullOrWhiteSpace(request.Comment) ? $"back to {request.Id}" : $"back to {request.Id}: {request.Comment}";
        AdministratorsParts.ThrowUnlessMayChange(caller, configuration.Check(configuration.Read()), configuration.Check(bundle));
        ApplyResult result = await configuration.ApplyAsync(bundle, expected, caller.Who, comment, context.RequestAborted);
        log.Note(context, caller.Who, "rolled a configuration back", ("to", request.Id), ("status", result.Status.ToString()), ("hash", result.Hash));
        await pages.WriteAsync(context, Whole(bundle), result);
    }

    private static ReadDraft Whole(ConfigBundle bundle) => new(bundle, DraftReader.View(bundle, "", null, null).Text, []);

    private ConfigBundle Find(string id) => configuration.History.Find(id) is { } entry
        ? configuration.History.Read(entry.Id)
        : throw ApiProblem.NotFound(new($"没有版本 {id}。", $"There is no version {id}."));
}
