using System.Text;

namespace EdgeAgent.Collector.Drivers;

/// <summary>The encodings in which devices keep text.</summary>
internal static class TextEncodings
{
    /// <param name="encoding">Null for UTF-8, which needs no conversion.</param>
    public static bool TryGet(string name, out Encoding? encoding)
    {
        switch (name.ToLowerInvariant())
        {
            case "utf-8" or "utf8" or "ascii":
                encoding = null;
                return true;
            case "gb18030" or "gbk" or "gb2312":
                encoding = CodePagesEncodingProvider.Instance.GetEncoding("gb18030");
                return encoding is not null;
            case "latin1" or "iso-8859-1":
                encoding = Encoding.Latin1;
                return true;
            default:
                encoding = null;
                return false;
        }
    }
}
