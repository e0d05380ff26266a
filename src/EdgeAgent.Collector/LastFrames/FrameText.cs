using System.Text;

namespace EdgeAgent.Collector.LastFrames;

/// <summary>Shows bytes as text, if they are any.</summary>
internal static class FrameText
{
    /// <summary>Control characters that protocols of text use: STX, ETX, EOT, ENQ, ACK, TAB, LF, CR, NAK, ESC.</summary>
    private const string Used = "\u0002\u0003\u0004\u0005\u0006\t\n\r\u0015\u001B";

    /// <summary>From here on Unicode has a picture for each control character.</summary>
    private const int Pictures = 0x2400;

    /// <summary>A line of text with its control characters made visible; a name that a device chose may hold any.</summary>
    public static string Line(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => c < ' ' ? (char)(Pictures + c) : char.IsControl(c) ? '\uFFFD' : c)) : text;

    /// <param name="isCut">Whether the bytes are the start of more, so that the last character may be half.</param>
    /// <returns>With pictures for control characters, so that an end of line which is missing or wrong is seen; null for what is no text.</returns>
    public static string? Of(ReadOnlySpan<byte> bytes, bool isCut, Encoding encoding)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        ReadOnlySpan<char> text = encoding.GetString(bytes);
        text = isCut ? text.TrimEnd('\uFFFD') : text;
        var shown = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c == '\uFFFD' || (char.IsControl(c) && !Used.Contains(c)))
            {
                return null;
            }

            shown.Append(char.IsControl(c) ? (char)(Pictures + c) : c);
            if (c == '\n')
            {
                shown.Append(c);
            }
        }

        return shown.ToString().TrimEnd('\n');
    }
}
