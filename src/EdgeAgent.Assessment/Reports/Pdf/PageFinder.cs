using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports.Pdf;

/// <summary>Finds on which page of a finished summary report each chapter stands.</summary>
public static class PageFinder
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <returns>Null when pdftotext (poppler-utils) is not installed or a heading is not found: an index with some pages only would mislead.</returns>
    public static async Task<IReadOnlyDictionary<string, int>?> FindAsync(string pdf, AssessmentResult result, CancellationToken cancellation)
    {
        if (ProgramPath.Find("pdftotext") is not { } program)
        {
            return null;
        }

        (int code, string text) = await ProgramPath.RunAsync(program, ["-enc", "UTF-8", "-layout", pdf, "-"], Limit, cancellation).ConfigureAwait(false);
        if (code != 0)
        {
            return null;
        }

        string[] pages = [.. text.Split('\f').Select(Squeeze)];
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        foreach ((string chapter, string heading) in EvidenceIndex.Headings(result))
        {
            int page = Array.FindIndex(pages, p => p.Contains(Squeeze(heading), StringComparison.Ordinal));
            if (page < 0)
            {
                return null;
            }

            found[chapter] = page + 1;
        }

        return found;
    }

    /// <summary>Spaces are the typesetter's, and lines may break anywhere in Chinese.</summary>
    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
