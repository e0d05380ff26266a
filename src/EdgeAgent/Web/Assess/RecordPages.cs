using System.Text.Json;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>What was recorded: changes of the ledger, the baseline, and the packs.</summary>
internal static class RecordPages
{
    /// <summary>Events as they lie in the ledger's file, hash included, oldest first.</summary>
    public static Task LedgerChangesAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        (int offset, int limit) = AssessQuery.Page(context);
        long from = AssessQuery.Instant(context, "from", source.Time) is { } begin ? UnixTicks.From(begin) : long.MinValue;
        long to = AssessQuery.Instant(context, "to", source.Time) is { } end ? UnixTicks.From(end) : long.MaxValue;
        List<byte[]> lines = [];
        if (SiteLedger.Exists(source.Files.Hub.DataDirectory, source.Files.Site))
        {
            SiteLedger ledger = SiteLedger.Open(source.Files.Hub.DataDirectory, source.Files.Site, source.Time);
            IReadOnlyList<LedgerEvent> events = ledger.Read().Events;
            int line = 0;
            foreach (byte[] text in Lines(ledger.ReadBytes()))
            {
                if (line < events.Count && events[line].AtTicks >= from && events[line].AtTicks <= to)
                {
                    lines.Add(text);
                }

                line++;
            }
        }

        await WriteLinesAsync(context, lines, offset, limit);
    });

    public static Task BaselineAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, () => source.Files.ReadBaseline() is { } baseline
        ? MetricsPages.WriteAsync(context, baseline)
        : throw ApiProblem.NotFound($"Site {source.Files.Site} has no baseline."));

    public static Task PacksAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        (int offset, int limit) = AssessQuery.Page(context);
        await WriteLinesAsync(context, [.. source.Files.Shelf.List().Select(p => JsonSerializer.SerializeToUtf8Bytes(
            new PackView(p.Id, p.AsOf, p.CreatedAt, p.ManifestSha256, p.Previous, p.Bytes), AssessJson.Default.PackView))], offset, limit);
    });

    /// <summary>The pack itself.</summary>
    public static Task PackAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        string id = (string?)context.Request.RouteValues["id"] ?? "";
        if (source.Files.Shelf.Find(id) is not { } pack || !File.Exists(pack.Path))
        {
            throw ApiProblem.NotFound($"There is no pack '{id}'; GET /api/assess/packs lists them.");
        }

        context.Response.ContentType = "application/zip";
        context.Response.ContentLength = new FileInfo(pack.Path).Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"pack.zip\"; filename*=UTF-8''{Uri.EscapeDataString(pack.Id)}.zip";
        await context.Response.SendFileAsync(pack.Path, context.RequestAborted);
    });

    /// <summary>Whole JSON texts as pages of one array.</summary>
    internal static async Task WriteLinesAsync(HttpContext context, List<byte[]> lines, int offset, int limit)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("total", lines.Count);
        json.WriteNumber("offset", offset);
        json.WriteStartArray("items");
        foreach (byte[] line in lines.Skip(offset).Take(limit))
        {
            json.WriteRawValue(line);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static IEnumerable<byte[]> Lines(byte[] text)
    {
        for (int from = 0; from < text.Length;)
        {
            int end = Array.IndexOf(text, (byte)'\n', from);
            end = end < 0 ? text.Length : end;
            if (end > from)
            {
                yield return text[from..end];
            }

            from = end + 1;
        }
    }
}
