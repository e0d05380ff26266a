namespace EdgeAgent.Web.Serving;

/// <summary>Headers of every answer. Pages replace the policy by theirs, which lets in our own scripts.</summary>
internal static class SecurityHeaders
{
    /// <summary>An answer of the API is nothing to be shown, run or framed.</summary>
    public const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Write(HttpContext context, bool hsts)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ApiPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), usb=(), serial=()";
        if (hsts)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
