namespace EdgeAgent.Web;

/// <summary>The description of the read API, written by hand beside it and carried in the program.</summary>
internal static class OpenApiDocument
{
    public const string ResourceName = "EdgeAgent.Web.openapi.json";

    public static async Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Stream document = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(ResourceName)!;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
