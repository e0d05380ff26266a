using System.Globalization;
using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Which of a workbook's cell styles show a number as a date.</summary>
internal sealed class DateFormats
{
    private const int StylesMax = 65_536;
    private readonly List<bool> _isDate = [];

    /// <summary>Takes any style for a number's.</summary>
    public static DateFormats None { get; } = new();

    public static DateFormats Read(XmlReader styles)
    {
        DateFormats formats = new();
        Dictionary<int, bool> custom = [];
        bool inCells = false;
        while (styles.Read())
        {
            if (styles.LocalName == "cellXfs")
            {
                inCells = styles.NodeType == XmlNodeType.Element && !styles.IsEmptyElement;
            }
            else if (styles is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && Number(styles, "numFmtId") is { } id)
            {
                custom[id] = IsDateCode(styles.GetAttribute("formatCode") ?? "");
            }
            else if (styles is { NodeType: XmlNodeType.Element, LocalName: "xf" } && inCells && formats._isDate.Count < StylesMax)
            {
                int format = Number(styles, "numFmtId") ?? 0;
                formats._isDate.Add(custom.TryGetValue(format, out bool date) ? date : IsBuiltIn(format));
            }
        }

        return formats;
    }

    public bool IsDate(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _isDate.Count && _isDate[index];

    /// <summary>Whether a format shows parts of a date, for instance <c>yyyy"年"m"月"d"日"</c> or <c>[$-804]m/d/yy</c>; one of hours only does not.</summary>
    internal static bool IsDateCode(string code)
    {
        bool quoted = false;
        bool bracketed = false;
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"': quoted = !quoted; break;
                case '\\': i++; break;
                case '[' when !quoted: bracketed = true; break;
                case ']' when !quoted: bracketed = false; break;
                case 'y' or 'Y' or 'd' or 'D' when !quoted && !bracketed: return true;
            }
        }

        return false;
    }

    /// <summary>ECMA-376 part 1, 18.8.30: 14 to 17 and 22, and those that Chinese editions add.</summary>
    private static bool IsBuiltIn(int format) => format is (>= 14 and <= 17) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58;

    private static int? Number(XmlReader reader, string attribute) =>
        int.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
