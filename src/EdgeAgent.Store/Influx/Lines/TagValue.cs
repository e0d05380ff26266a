using System.Text;

namespace EdgeAgent.Store.Influx.Lines;

/// <summary>Names as InfluxDB's tags can hold them.</summary>
/// <remarks>Line protocol has no escape for a backslash or a line break in a tag: a backslash before a comma would escape it. So a
/// backslash is stored as its full-width form U+FF3C and a control character as U+FFFD. Names are looked up by turning them the
/// same way, never by turning tags back.</remarks>
internal static class TagValue
{
    public static string Of(string name)
    {
        if (!name.Any(c => c == '\\' || char.IsControl(c)))
        {
            return name;
        }

        var value = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            value.Append(c == '\\' ? '\uFF3C' : char.IsControl(c) ? '\uFFFD' : c);
        }

        return value.ToString();
    }

    /// <summary>The value with comma, equals sign and space escaped.</summary>
    public static byte[] Escape(string name) => Encoding.UTF8.GetBytes(
        Of(name).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal));
}
