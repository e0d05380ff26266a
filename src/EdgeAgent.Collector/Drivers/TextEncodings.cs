using System.Text;
using System.Text.Unicode;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers;

/// <summary>The encodings in which devices keep text, and text in them as readings.</summary>
internal static class TextEncodings
{
    /// <summary>Longest text of one tag: 125 Modbus registers.</summary>
    public const int BytesMax = 250;

    /// <summary>Apart from <see cref="TryGet"/>, so that only who asks for it loads the assembly with the tables.</summary>
    private static Encoding? Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("gb18030");

    /// <param name="encoding">Null for UTF-8, which needs no conversion.</param>
    public static bool TryGet(string name, out Encoding? encoding)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf-8" or "utf8" or "ascii":
                encoding = null;
                return true;
            case "gb18030" or "gbk" or "gb2312":
                encoding = Gb18030;
                return encoding is not null;
            case "latin1" or "iso-8859-1":
                encoding = Encoding.Latin1;
                return true;
            default:
                encoding = null;
                return false;
        }
    }

    /// <summary>Adds a good reading of the text. Bytes that are no UTF-8 are shown as what they most likely are rather than thrown away.</summary>
    /// <param name="text">At most <see cref="BytesMax"/>.</param>
    /// <param name="encoding">Null for UTF-8.</param>
    public static void Add(ReadingBatch into, int tagId, long ticks, ReadOnlySpan<byte> text, Encoding? encoding)
    {
        if (encoding is null && Utf8.IsValid(text))
        {
            into.AddBytes(tagId, Quality.Good, ticks, ValueKind.Text, text);
            return;
        }

        Span<char> characters = stackalloc char[BytesMax];
        int count = (encoding ?? Encoding.Latin1).GetChars(text, characters);
        into.AddText(tagId, Quality.Good, ticks, characters[..count]);
    }
}
