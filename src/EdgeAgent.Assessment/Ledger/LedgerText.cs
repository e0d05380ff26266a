using System.Text;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Decodes a ledger file: UTF-8 and UTF-16 by their marks, else UTF-8 when it is valid, else GB18030 as Excel in China saves.</summary>
internal static class LedgerText
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <returns>The text and the encoding's name; null text when the bytes are none of the encodings.</returns>
    public static (string? Text, string Encoding) Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => (TryDecode(Utf8, rest), "utf-8"),
        [0xFF, 0xFE, .. var rest] => (TryDecode(new UnicodeEncoding(false, false, true), rest), "utf-16le"),
        [0xFE, 0xFF, .. var rest] => (TryDecode(new UnicodeEncoding(true, false, true), rest), "utf-16be"),
        _ => TryDecode(Utf8, bytes) is { } text ? (text, "utf-8") : (TryDecode(Gb18030, bytes), "gb18030"),
    };

    /// <summary>The separator of a file: the one of comma, tab and semicolon that its first line has most of.</summary>
    public static char Separator(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> header = end < 0 ? text : text[..end];
        int commas = header.Count(',');
        int tabs = header.Count('\t');
        int semicolons = header.Count(';');
        return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
