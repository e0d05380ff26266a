using System.Buffers;
using System.Text;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>What kinds of files may be kept as evidence, told by their first bytes and never by what the sender calls them.</summary>
/// <param name="MediaType">What it is served as.</param>
/// <param name="IsPicture">Whether a browser may show it in a page; everything else is downloaded.</param>
internal sealed record KnownContent(string MediaType, string Extension, bool IsPicture)
{
    /// <summary>Enough to tell a kind and to see whether a text is one.</summary>
    public const int HeadBytes = 4096;

    public const string Allowed = "JPEG, PNG, WebP, PDF, XLSX, DOCX, CSV, TXT";

    private static readonly SearchValues<byte> NotInText = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not (9 or 10 or 12 or 13)).Select(b => (byte)b), 127]);

    /// <returns>Null for what is none of the allowed kinds, HTML and SVG among them.</returns>
    public static KnownContent? Of(ReadOnlySpan<byte> head, string name) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new("image/jpeg", ".jpg", true),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => new("image/png", ".png", true),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => new("image/webp", ".webp", true),
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => new("application/pdf", ".pdf", false),
        [(byte)'P', (byte)'K', 3, 4, ..] => Office(name),
        _ => Text(head, name),
    };

    private static KnownContent? Office(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".xlsx" => new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", false),
        ".docx" => new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", false),
        _ => null,
    };

    private static KnownContent? Text(ReadOnlySpan<byte> head, string name)
    {
        if (Path.GetExtension(name).ToLowerInvariant() is not (".csv" or ".txt" or ".log") || head.ContainsAny(NotInText) || LooksLikeMarkup(head))
        {
            return null;
        }

        return new("text/plain; charset=utf-8", ".txt", false);
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        string text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith('<');
    }
}
