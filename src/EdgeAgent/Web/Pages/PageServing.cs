using Microsoft.Extensions.Primitives;

namespace EdgeAgent.Web.Pages;

/// <summary>Answers what no endpoint answers: files of the pages, and for every address of theirs the page that draws it in the browser.</summary>
/// <remarks>The pages hold no secret, so they need no login; everything they show comes from the API, which asks who is there.</remarks>
internal static class PageServing
{
    /// <summary>Files of our own only: no inline scripts or styles, no evaluation, no frame around us, no other host.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] NotPages = ["/api", "/health", "/metrics"];

    public static void UsePages(this IApplicationBuilder app, PageFiles files) => app.Use((context, next) =>
        context.GetEndpoint() is null && NotPages.All(prefix => !context.Request.Path.StartsWithSegments(prefix))
            ? ServeAsync(context, files)
            : next(context));

    private static Task ServeAsync(HttpContext context, PageFiles files)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        string path = context.Request.Path.Value ?? "/";
        if (files.Find(path) is { } file)
        {
            return SendAsync(context, file);
        }

        // A file that is not there is missing, and must not come as a page: an old page asks for scripts that an update removed.
        if (Path.HasExtension(path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return files.Index is { } index ? SendAsync(context, index) : NotBuiltAsync(context);
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ETag = file.ETag;
        headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (context.Request.Headers.IfNoneMatch == file.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        string path = file.Path;
        if (file.HasBrotli && Takes(context, "br"))
        {
            headers.ContentEncoding = "br";
            path += ".br";
        }
        else if (file.HasGzip && Takes(context, "gzip"))
        {
            headers.ContentEncoding = "gzip";
            path += ".gz";
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = new FileInfo(path).Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.SendFileAsync(path, context.RequestAborted);
    }

    private static bool Takes(HttpContext context, string encoding)
    {
        StringValues accepted = context.Request.Headers.AcceptEncoding;
        return accepted.Any(line => line!.Split(',').Any(part =>
        {
            string[] words = part.Split(';', StringSplitOptions.TrimEntries);
            return words[0].Equals(encoding, StringComparison.OrdinalIgnoreCase) && !(words.Length > 1 && words[1] is "q=0" or "q=0.0");
        }));
    }

    private static Task NotBuiltAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            "本程序没有内置页面：构建时没有 Node.js。接口都可以使用，说明在 /api/openapi.json。\n"
            + "The pages are not built into this program: there was no Node.js when it was built. The API is all there; /api/openapi.json describes it.\n",
            context.RequestAborted);
    }
}
