using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>The ledger's part of the API: looking at it for whoever reads the assessment, changing it for whoever prepares it.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this ApiBuilder api, LedgerDesk desk, ITimeSeriesStore store)
    {
        ImportShelf shelf = new(desk.Time);
        MapReading(api, desk, store);
        MapChanging(api, desk);
        api.Post("/api/ledger/imports", AccessPermission.EditAssessment, "Previews the import of a ledger file (CSV or XLSX): what it adds and changes, and every error by row and column. Nothing is recorded.",
                (context, _) => ImportPages.PreviewAsync(context, desk, shelf))
            .Query("name", "The file's name.", required: true).Query("complete", "true: assets that the file does not have are to be removed.", ApiType.Boolean)
            .TakesFile("application/octet-stream", ImportPages.FileBytesMax).Gives(LedgerPagesJson.Default.ImportView, "The preview.", StatusCodes.Status201Created);
        api.Get("/api/ledger/imports/{id}", AccessPermission.EditAssessment, "A previewed import.", (context, _) => ImportPages.ReadAsync(context, shelf))
            .Route("id", "Of the preview.").Gives(LedgerPagesJson.Default.ImportView, "The preview.").Fails(404, "There is none, or it expired after 30 minutes.");
        api.Post("/api/ledger/imports/{id}/commit", AccessPermission.EditAssessment, "Records what a preview showed, as one event.", (context, caller) => ImportPages.CommitAsync(context, caller, desk, shelf))
            .Route("id", "Of the preview.").Takes(LedgerPagesJson.Default.ReasonBody).Gives(LedgerPagesJson.Default.Recorded, "The event.")
            .Fails(404, "There is none, or it expired.").Fails(409, "The file has errors or nothing new, or the ledger has changed since the preview.");
        api.Delete("/api/ledger/imports/{id}", AccessPermission.EditAssessment, "Forgets a previewed import.", (context, _) => ImportPages.ForgetAsync(context, shelf))
            .Route("id", "Of the preview.").GivesNothing("It is forgotten.").Fails(404, "There is none, or it expired.");
    }

    private static void MapReading(ApiBuilder api, LedgerDesk desk, ITimeSeriesStore store)
    {
        api.Get("/api/ledger", AccessPermission.ReadAssessment, "The ledger without its assets: fields, areas, processes, stops, enterprise, project.", (context, _) => TablePages.LedgerAsync(context, desk))
            .Gives(LedgerPagesJson.Default.LedgerView, "The ledger.");
        api.Get("/api/ledger/assets", AccessPermission.ReadAssessment, "Assets as of an instant.", (context, _) => TablePages.AssetsAsync(context, desk))
            .Query("asOf", "now, a date (its first moment in Asia/Shanghai), or an instant with offset.").Query("search", "Words that number, name, model, maker, serial number, place, process or remark contain.")
            .Query("status", "使用状态.").Query("category", "设备类别.").Query("workshop", "车间.").Query("sort", "A field's key, with '-' before it for descending.").Paged()
            .Gives(LedgerPagesJson.Default.AssetPage, "A part of the assets.");
        api.Get("/api/ledger/assets/{assetNo}", AccessPermission.ReadAssessment, "One asset with its files, bindings, stops and history.", (context, _) => TablePages.AssetAsync(context, desk))
            .Route("assetNo", "资产编号.").Gives(LedgerPagesJson.Default.AssetView, "The asset.").Fails(404, "The ledger has no such asset.");
        api.Get("/api/ledger/history", AccessPermission.ReadEvidence, "What was changed, newest first.", (context, _) => TablePages.HistoryAsync(context, desk))
            .Query("subject", "For instance asset:A-001.").Paged().Gives(LedgerPagesJson.Default.ChangePage, "A part of the changes.");
        api.Get("/api/ledger/bindings", AccessPermission.ReadAssessment, "Which device is which asset, and devices that are none.", (context, _) => BindingPages.ListAsync(context, desk, store))
            .Gives(LedgerPagesJson.Default.BindingsView, "Bindings and devices.");
        api.Get("/api/ledger/files/{sha256}", AccessPermission.ReadEvidence, "An attached photo or document; pictures inline, everything else as a download.", (context, _) => FilePages.ReadAsync(context, desk))
            .Route("sha256", "Of its bytes.").GivesFile("application/octet-stream", "The file.").Fails(404, "The ledger has no such file.");
        api.Get("/api/ledger/export", AccessPermission.ReadAssessment, "The ledger as a file that an import reads back.", (context, _) => ExportPages.WriteAsync(context, desk))
            .Query("format", "xlsx or csv.").Query("asOf", "As of which instant.").GivesFile("application/octet-stream", "The file.");
    }

    private static void MapChanging(ApiBuilder api, LedgerDesk desk)
    {
        Edit(api.Put("/api/ledger/assets/{assetNo}", AccessPermission.EditAssessment, "Changes an asset, or adds it.", (context, caller) => EditPages.AssetAsync(context, caller, desk))
            .Route("assetNo", "资产编号.").Takes(LedgerPagesJson.Default.AssetEdit));
        Edit(api.Delete("/api/ledger/assets/{assetNo}", AccessPermission.EditAssessment, "Takes an asset out of the ledger.", (context, caller) => EditPages.RemoveAssetAsync(context, caller, desk))
            .Route("assetNo", "资产编号.").Query("reason", "Why.", required: true));
        Edit(api.Post("/api/ledger/stops", AccessPermission.EditAssessment, "Declares a stop (停机申报).", (context, caller) => EditPages.StopAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.StopEdit));
        Edit(api.Delete("/api/ledger/stops/{id}", AccessPermission.EditAssessment, "Withdraws a declared stop.", (context, caller) => EditPages.WithdrawStopAsync(context, caller, desk))
            .Route("id", "Of the stop.").Query("reason", "Why.", required: true));
        Edit(api.Put("/api/ledger/areas", AccessPermission.EditAssessment, "Declares an area (车间/产线).", (context, caller) => EditPages.AreaAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.AreaEdit));
        Edit(api.Delete("/api/ledger/areas", AccessPermission.EditAssessment, "Takes the declaration of an area back.", (context, caller) => EditPages.RemoveAreaAsync(context, caller, desk))
            .Query("workshop", "车间.", required: true).Query("line", "产线.").Query("reason", "Why.", required: true));
        Edit(api.Put("/api/ledger/processes", AccessPermission.EditAssessment, "Declares a process (工序).", (context, caller) => EditPages.ProcessAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.ProcessEdit));
        Edit(api.Delete("/api/ledger/processes", AccessPermission.EditAssessment, "Takes the declaration of a process back.", (context, caller) => EditPages.RemoveProcessAsync(context, caller, desk))
            .Query("name", "工序.", required: true).Query("reason", "Why.", required: true));
        Edit(api.Put("/api/ledger/bindings", AccessPermission.EditAssessment, "Binds a device to an asset; what it was bound to ends.", (context, caller) => BindingPages.BindAsync(context, caller, desk))
            .Takes(LedgerPagesJson.Default.BindingEdit));
        Edit(api.Post("/api/ledger/bindings/end", AccessPermission.EditAssessment, "Ends a binding.", (context, caller) => BindingPages.EndAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.BindingEnd));
        Edit(api.Put("/api/ledger/sources", AccessPermission.EditAssessment, "Says what a sending device is when it is no asset.", (context, caller) => BindingPages.ClassifyAsync(context, caller, desk))
            .Takes(LedgerPagesJson.Default.SourceEdit));
        Edit(api.Put("/api/ledger/profile", AccessPermission.EditAssessment, "Records who the enterprise is.", (context, caller) => EditPages.ProfileAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.ProfileEdit));
        Edit(api.Put("/api/ledger/project", AccessPermission.EditAssessment, "Records the project and what it cost.", (context, caller) => EditPages.ProjectAsync(context, caller, desk)).Takes(LedgerPagesJson.Default.ProjectEdit));
        api.Post("/api/ledger/files", AccessPermission.EditAssessment, "Keeps a photo or document under its hash and attaches it.", (context, caller) => FilePages.KeepAsync(context, caller, desk))
            .Query("subject", "asset:NUMBER, item:NUMBER, scene:NAME, area:KEY, process:NAME, stop:ID, profile or project.", required: true)
            .Query("name", "The file's name.", required: true).Query("kind", "For instance 铭牌照片.").Query("reason", "Why.", required: true)
            .TakesFile("application/octet-stream", FilePages.FileBytesMax).Gives(LedgerPagesJson.Default.KeptFile, "The kept file.", StatusCodes.Status201Created)
            .Fails(415, $"By its bytes it is none of {KnownContent.Allowed}.");
    }

    private static void Edit(ApiEndpoint endpoint) => endpoint.Gives(LedgerPagesJson.Default.Recorded, "The event that it became.").Fails(409, "The ledger has changed since it was looked at.");
}
