using System.Text;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Reads bytes from a setting: text with <c>\\r \\n \\t \\\\ \\xHH</c>, or hexadecimal digits behind <c>hex:</c>.</summary>
internal static class ByteText
{
    public const string Expected = "text such as \"R\\\\r\\\\n\" or \"\\\\x02\", or \"hex:0103 00 00\"";

    public static bool TryParse(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.StartsWith("hex:", StringComparison.OrdinalIgnoreCase))
        {
            string digits = text[4..].Replace(" ", "", StringComparison.Ordinal);
            if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
            {
                return false;
            }

            bytes = Convert.FromHexString(digits);
            return true;
        }

        var found = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                found.AddRange(Encoding.UTF8.GetBytes(text, i, char.IsSurrogatePair(text, i) ? 2 : 1));
                i += char.IsSurrogatePair(text, i) ? 1 : 0;
                continue;
            }

            i++;
            switch (i < text.Length ? text[i] : '\0')
            {
                case 'r': found.Add((byte)'\r'); break;
                case 'n': found.Add((byte)'\n'); break;
                case 't': found.Add((byte)'\t'); break;
                case '\\': found.Add((byte)'\\'); break;
                case 'x' when i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]):
                    found.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
                default:
                    return false;
            }
        }

        bytes = [.. found];
        return true;
    }
}
