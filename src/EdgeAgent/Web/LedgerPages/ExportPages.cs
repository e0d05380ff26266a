using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>The ledger as a file that an import reads back unchanged.</summary>
internal static class ExportPages
{
    public static async Task WriteAsync(HttpContext context, LedgerDesk desk)
    {
        DateTimeOffset now = desk.Time.GetUtcNow();
        DeviceLedger ledger = desk.AsOf(context.QueryInstant("asOf", now) ?? now);
        (byte[] file, string type, string ending) = context.Query("format") switch
        {
            null or "xlsx" => (LedgerExport.Workbook(ledger, desk.IsRecorded ? desk.History : null), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            "csv" => (LedgerExport.Csv(ledger), "text/csv; charset=utf-8", "csv"),
            var other => throw ApiProblem.BadRequest(new($"没有格式“{other}”，应为 xlsx 或 csv。", $"There is no format '{other}'; expected xlsx or csv.")),
        };
        string name = string.Create(CultureInfo.InvariantCulture, $"设备台账-{desk.Files.Site}-{now.ToOffset(ShanghaiTime.Offset):yyyyMMdd}.{ending}");
        context.Response.ContentType = type;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"ledger.{ending}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        await context.Response.Body.WriteAsync(file, context.RequestAborted);
    }
}
