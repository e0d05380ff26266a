using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeAgent.Web;

/// <summary>Which of the two text formats whoever scrapes would rather have.</summary>
internal static class MetricsFormat
{
    /// <summary>Whether <c>Accept</c> names OpenMetrics 1.0.0 and likes it at least as well as plain text; a star alone asks for nothing new.</summary>
    public static bool WantsOpenMetrics(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? ranges))
        {
            return false;
        }

        double open = 0, text = 0;
        foreach (MediaTypeHeaderValue range in ranges)
        {
            string version = range.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().Value ?? "";
            double quality = range.Quality ?? 1;
            if (range.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase) && version is "" or "1.0.0")
            {
                open = Math.Max(open, quality);
            }
            else if (range.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) && version is "" or "0.0.4")
            {
                text = Math.Max(text, quality);
            }
        }

        return open > 0 && open >= text;
    }
}
