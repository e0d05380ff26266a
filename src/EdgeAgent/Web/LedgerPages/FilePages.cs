using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>Photos and documents of the ledger: kept under their hash, attached to a subject, given back as what their bytes say they are.</summary>
internal static class FilePages
{
    public const long FileBytesMax = 20L << 20;

    /// <summary>Keeps the body and attaches it: <c>?subject=asset:A-001&amp;name=铭牌.jpg&amp;kind=铭牌照片&amp;reason=…</c>.</summary>
    public static async Task KeepAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        string subject = context.Query("subject") ?? throw ApiProblem.BadRequest(new("缺少 subject，例如 asset:A-001。", "subject is missing, for instance asset:A-001."));
        string name = NameOf(context);
        string reason = EditPages.ReasonOf(context);
        if (!LedgerSubject.IsAttachable(subject))
        {
            throw ApiProblem.BadRequest(new($"“{subject}”不能附加文件。", $"'{subject}' cannot have files; expected asset:NUMBER, item:NUMBER, scene:NAME, area:KEY, process:NAME, stop:ID, profile or project."));
        }

        using UploadedFile upload = await UploadedFile.ReceiveAsync(context, Path.Combine(desk.Files.Hub.DataDirectory, "uploads"), FileBytesMax);
        KnownContent content = KnownContent.Of(upload.Head, name) ?? throw new ApiProblem(StatusCodes.Status415UnsupportedMediaType, new(
            $"“{name}”不是允许的文件类型（按内容判断）。允许：{KnownContent.Allowed}。", $"'{name}' is no kind of file that is kept, by its bytes. Allowed: {KnownContent.Allowed}."));
        string hash;
        await using (FileStream stored = new(upload.FilePath, FileMode.Open, FileAccess.Read))
        {
            (hash, _) = desk.Vault.Keep(stored);
        }

        AttachedFile file = new(hash, name, context.Query("kind") ?? "佐证材料", upload.Bytes, subject);
        LedgerEvent happened = desk.Append([new FileAttached(file)], caller.Who, reason);
        await context.WriteJsonAsync(
            new KeptFile(hash, name, file.Kind, upload.Bytes, content.MediaType, subject, happened.Sequence, happened.Hash), LedgerPagesJson.Default.KeptFile, StatusCodes.Status201Created);
    }

    /// <summary>Pictures may stand in a page; everything else is downloaded, so that nothing that was uploaded runs here.</summary>
    public static async Task ReadAsync(HttpContext context, LedgerDesk desk)
    {
        string hash = context.Route("sha256");
        AttachedFile? file = desk.Latest.Files.FirstOrDefault(f => f.Sha256 == hash);
        await using Stream? stored = file is null ? null : desk.Vault.Open(hash);
        if (file is null || stored is null)
        {
            throw ApiProblem.NotFound(new("台账中没有这个文件。", "The ledger has no such file."));
        }

        byte[] head = new byte[KnownContent.HeadBytes];
        int read = await stored.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, context.RequestAborted);
        stored.Position = 0;
        KnownContent? content = KnownContent.Of(head.AsSpan(0, read), file.Name);
        HttpResponse response = context.Response;
        response.ContentType = content?.MediaType ?? "application/octet-stream";
        response.ContentLength = stored.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        response.Headers.ContentDisposition = $"{(content is { IsPicture: true } ? "inline" : "attachment")}; filename=\"file{content?.Extension}\"; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
        await stored.CopyToAsync(response.Body, context.RequestAborted);
    }

    internal static string NameOf(HttpContext context)
    {
        string name = Path.GetFileName((context.Query("name") ?? "").Replace('\\', '/'));
        return name.Length is > 0 and <= 200 ? name : throw ApiProblem.BadRequest(new("缺少文件名（name）。", "name is missing: the file's name, at most 200 characters."));
    }
}
