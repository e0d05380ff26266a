using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Web;

/// <summary>Health, metrics and the read API. Nothing here changes anything, so that it needs no password on the loopback.</summary>
internal static class WebEndpoints
{
    public static void MapEdgeAgent(this IEndpointRouteBuilder routes, IStatusSource source)
    {
        routes.MapGet("/health/live", context => WriteTextAsync(context, "text/plain", "live\n"));
        routes.MapGet("/health/ready", context => ReadyAsync(context, source));
        routes.MapGet("/metrics", context => MetricsAsync(context, source));
        routes.MapGet("/api/status", async context =>
            await WriteJsonAsync(context, await source.ReadStatusAsync(context.RequestAborted), WebJson.Default.StatusView));
        routes.MapGet("/api/devices", context =>
            WriteJsonAsync(context, source.Devices, WebJson.Default.IReadOnlyListDeviceView));
        routes.MapGet("/api/values", context => LastValues.WriteAsync(context, source.Store));
        routes.MapGet("/api/openapi.json", context => OpenApiDocument.WriteAsync(context));
    }

    internal static Task WriteJsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(value, type, cancellationToken: context.RequestAborted);
    }

    private static Task ReadyAsync(HttpContext context, IStatusSource source)
    {
        HealthView health = new(source.ReasonsNotReady.Count == 0, source.ReasonsNotReady);
        context.Response.StatusCode = health.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteJsonAsync(context, health, WebJson.Default.HealthView);
    }

    private static async Task MetricsAsync(HttpContext context, IStatusSource source)
    {
        StatusView status = await source.ReadStatusAsync(context.RequestAborted);
        await WriteTextAsync(context, PrometheusText.ContentType, MetricsPage.Write(status, source.Devices));
    }

    private static Task WriteTextAsync(HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
