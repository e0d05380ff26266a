using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Core.Configuration;

/// <summary>In which encoding a table is kept, so that it can be written as it was found.</summary>
public enum TableEncoding
{
    /// <summary>UTF-8 with a mark, which Excel needs to recognize it; what new tables are written in.</summary>
    Utf8Mark,
    Utf8,
    Gb18030,
    Utf16,
    Utf16BigEndian,
}

/// <summary>Recognizes encodings of tables and writes them.</summary>
internal static class TableEncodings
{
    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    /// <summary>The same decision as <see cref="TableText.TryDecode"/>.</summary>
    public static TableEncoding Of(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? TableEncoding.Utf8Mark
        : bytes.StartsWith(Encoding.Unicode.Preamble) ? TableEncoding.Utf16
        : bytes.StartsWith(Encoding.BigEndianUnicode.Preamble) ? TableEncoding.Utf16BigEndian
        : Utf8.IsValid(bytes) ? TableEncoding.Utf8 : TableEncoding.Gb18030;

    public static byte[] Encode(string text, TableEncoding encoding) => encoding switch
    {
        TableEncoding.Utf8Mark => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        TableEncoding.Utf16 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        TableEncoding.Utf16BigEndian => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        TableEncoding.Gb18030 => Gb18030.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(text),
    };
}
