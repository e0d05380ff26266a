using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EdgeAgent.Collector.Receiving;

/// <summary>The encodings in which machines write text.</summary>
internal static class FieldEncoding
{
    public const string Expected = "utf-8, ascii, gbk, gb18030 or latin1";

    public static bool TryGet(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        encoding = name.ToLowerInvariant() switch
        {
            "utf-8" or "utf8" => Encoding.UTF8,
            "ascii" => Encoding.ASCII,
            // GB 18030 has every character of GBK at the same place.
            "gbk" or "gb2312" or "gb18030" => CodePagesEncodingProvider.Instance.GetEncoding(54936),
            "latin1" => Encoding.Latin1,
            _ => null,
        };
        return encoding is not null;
    }
}
