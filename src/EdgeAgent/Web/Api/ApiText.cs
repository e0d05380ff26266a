using Microsoft.Net.Http.Headers;

namespace EdgeAgent.Web.Api;

/// <summary>A text for people, in Chinese and English.</summary>
internal readonly record struct ApiText(string Zh, string En)
{
    /// <summary>The text in the language that the request prefers; English unless it asks for Chinese.</summary>
    public string For(HttpContext context) => PrefersChinese(context) ? Zh : En;

    public static implicit operator ApiText(string both) => new(both, both);

    private static bool PrefersChinese(HttpContext context)
    {
        string? best = null;
        double quality = 0;
        foreach (StringWithQualityHeaderValue language in context.Request.GetTypedHeaders().AcceptLanguage)
        {
            if ((language.Quality ?? 1) > quality && (IsLanguage(language, "zh") || IsLanguage(language, "en")))
            {
                (best, quality) = (language.Value.ToString(), language.Quality ?? 1);
            }
        }

        return best?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ?? false;
    }

    private static bool IsLanguage(StringWithQualityHeaderValue value, string language) => value.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase);
}
