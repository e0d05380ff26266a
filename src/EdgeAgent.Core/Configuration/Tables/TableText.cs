using System.Text;
using System.Text.Unicode;

namespace EdgeAgent.Core.Configuration;

/// <summary>Decodes a table's bytes: UTF-8 with or without a mark, UTF-16 with a mark (Excel's "Unicode text"), and otherwise GB 18030,
/// which is what Excel saves CSV in on a Chinese Windows.</summary>
public static class TableText
{
    /// <summary>Made when a table needs it: the tables of code pages are an assembly that most agents never load.</summary>
    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(
        54936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>False when the bytes are none of these.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }
        else if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            Encoding utf16 = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            text = utf16.GetString(bytes[2..]);
            return bytes.Length % 2 == 0;
        }

        if (Utf8.IsValid(bytes))
        {
            text = Encoding.UTF8.GetString(bytes);
            return true;
        }

        try
        {
            text = Gb18030.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
