using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>Import of a ledger file in two steps: look at what it would do, then record exactly that as one event.</summary>
internal static class ImportPages
{
    public const long FileBytesMax = 20L << 20;

    /// <summary>Reads the body (CSV or XLSX, told by its bytes) and compares; writes nothing to the ledger.</summary>
    public static async Task PreviewAsync(HttpContext context, LedgerDesk desk, ImportShelf shelf)
    {
        string name = FilePages.NameOf(context);
        using UploadedFile upload = await UploadedFile.ReceiveAsync(context, Path.Combine(desk.Files.Hub.DataDirectory, "uploads"), FileBytesMax);
        byte[] file = await File.ReadAllBytesAsync(upload.FilePath, context.RequestAborted);
        LedgerPreview preview = desk.Preview(name, file, context.Query("complete") is "true" or "1");
        await context.WriteJsonAsync(ViewOf(shelf.Put(preview, file)), LedgerPagesJson.Default.ImportView, StatusCodes.Status201Created);
    }

    public static Task ReadAsync(HttpContext context, ImportShelf shelf) => context.WriteJsonAsync(ViewOf(Find(context, shelf)), LedgerPagesJson.Default.ImportView);

    public static async Task CommitAsync(HttpContext context, Caller caller, LedgerDesk desk, ImportShelf shelf)
    {
        PendingImport import = Find(context, shelf);
        ReasonBody body = await context.ReadJsonAsync(LedgerPagesJson.Default.ReasonBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            throw ApiProblem.BadRequest(new("请填写导入原因。", "A reason is needed: it is kept for ever."));
        }

        if (!import.Preview.CanRecord)
        {
            throw ApiProblem.Conflict(import.Preview.Errors.Count > 0
                ? new($"文件有 {import.Preview.Errors.Count} 处错误，没有导入任何内容。请更正后重新上传。", $"The file has {import.Preview.Errors.Count} errors; nothing was imported. Correct it and upload it again.")
                : new("文件与台账一致，没有可导入的内容。", "The file says what the ledger says; there is nothing to import."));
        }

        LedgerEvent happened = desk.Record(import.Preview, import.File, caller.Who, body.Reason);
        shelf.Remove(import.Id);
        await context.WriteJsonAsync(new Recorded(happened.Sequence, happened.Hash, import.Id), LedgerPagesJson.Default.Recorded);
    }

    public static Task ForgetAsync(HttpContext context, ImportShelf shelf) => shelf.Remove(context.Route("id")) ? context.WriteNothing() : throw Gone();

    private static PendingImport Find(HttpContext context, ImportShelf shelf) => shelf.Find(context.Route("id")) ?? throw Gone();

    private static ApiProblem Gone() => ApiProblem.NotFound(new("没有这个待导入文件，或已过期；请重新上传。", "There is no such import, or it expired; upload the file again."));

    private static ImportView ViewOf(PendingImport import)
    {
        LedgerPreview p = import.Preview;
        return new ImportView(
            import.Id, p.File, p.FileSha256, p.Rows, p.CanRecord,
            [.. p.Errors.Select(e => new ImportError(e.Sheet, e.Row, e.Column, e.Value, new BilingualText(ProblemTexts.Chinese(e.Problem), e.Problem), new BilingualText(ProblemTexts.Chinese(e.Expected), e.Expected)))],
            p.Adds, p.Changes, [.. p.Others.Select(o => new OtherChange(o.Sheet, o.Row, o.Subject, o.Kind switch { PartChangeKind.Add => "add", PartChangeKind.Change => "change", _ => "remove" }, o.What))], p.PassedOver,
            p.Unchanged, p.Missing, p.RemovesMissing, import.ExpiresAt);
    }
}
