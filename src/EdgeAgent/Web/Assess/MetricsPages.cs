using System.Text.Json;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Web.Assess;

/// <summary>Results of an assessment: all of it, or its devices in pages.</summary>
internal static class MetricsPages
{
    public static Task MetricsAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        AssessmentResult result = await AssessAsync(context, source);
        await WriteAsync(context, AssessmentResultJson.Write(result));
    });

    /// <summary>The submission of a diagnosis platform; the platform's own ids are not public, so the rule pack's stand in their place.</summary>
    public static Task DiagnosisAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        AssessmentResult result = await AssessAsync(context, source);
        string enterprise = source.Desk.AsOf(result.AsOf).Profile?.CreditCode ?? source.Files.Site;
        await WriteAsync(context, DiagnosisExport.Write(result, result.RulePack, enterprise, new Dictionary<string, string>()));
    });

    public static Task DevicesAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        (int offset, int limit) = AssessQuery.Page(context);
        AssessmentResult result = await AssessAsync(context, source);
        using JsonDocument whole = JsonDocument.Parse(AssessmentResultJson.Write(result));
        JsonElement devices = whole.RootElement.GetProperty("devices");
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("total", devices.GetArrayLength());
        json.WriteNumber("offset", offset);
        json.WriteStartArray("items");
        for (int i = offset; i < Math.Min(devices.GetArrayLength(), (long)offset + limit); i++)
        {
            devices[i].WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }

    private static Task<AssessmentResult> AssessAsync(HttpContext context, AssessSource source) =>
        source.AssessAsync(AssessQuery.Text(context, "asOf") is null or "now" ? null : AssessQuery.AsOf(context, source.Time), AssessQuery.Window(context), context.RequestAborted);
}
