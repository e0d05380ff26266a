using System.Globalization;
using EdgeAgent.Protocols.Dlt645;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Reads addresses of tags: a data identifier, with offset and format where the standard's table does not say them.</summary>
/// <remarks><c>00010000</c> · <c>0201FF00@2/2.1</c> (offset 2, 2 bytes, 1 decimal) · <c>02800007/2.1s</c> (signed) · <c>04000402/6d</c> (digits) · <c>04000501/2b</c> (bits).</remarks>
internal static class Dlt645AddressParser
{
    public const string Expected = "a data identifier such as 00010000, or with a format: 0201FF00@2/2.1 for 2 bytes with 1 decimal at offset 2, s signed, d digits, b bits";

    private const int BytesMost = 8;
    private const int OffsetMost = 2000;

    public static bool TryParse(string text, Dlt645Version version, out uint identifier, out int offset, out DataFormat? format, out string unit)
    {
        (identifier, offset, format, unit) = (0, 0, null, "");
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> left = slash < 0 ? text : text.AsSpan(0, slash);
        int at = left.IndexOf('@');
        if (!DataIdentifiers.TryParse(at < 0 ? left : left[..at], version, out identifier)
            || (at >= 0 && (!int.TryParse(left[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out offset) || offset > OffsetMost)))
        {
            return false;
        }

        if (slash >= 0)
        {
            format = FormatOf(text.AsSpan(slash + 1));
            return format is not null;
        }

        DataItem? item = DataIdentifiers.Find(version, identifier);
        format = offset == 0 ? item?.Format : null;
        unit = format is null ? "" : item!.Unit;
        return true;
    }

    private static DataFormat? FormatOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        char last = text[^1];
        ReadOnlySpan<char> numbers = char.IsAsciiLetter(last) ? text[..^1] : text;
        int point = numbers.IndexOf('.');
        int decimals = 0;
        if (!int.TryParse(point < 0 ? numbers : numbers[..point], NumberStyles.None, CultureInfo.InvariantCulture, out int bytes)
            || (point >= 0 && !int.TryParse(numbers[(point + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out decimals))
            || bytes is < 1 or > BytesMost || decimals > 2 * bytes)
        {
            return null;
        }

        return last switch
        {
            's' => new DataFormat(bytes, decimals, IsSigned: true),
            'd' when point < 0 => new DataFormat(bytes, Shape: DataShape.Digits),
            'b' when point < 0 => new DataFormat(bytes, Shape: DataShape.Bits),
            >= '0' and <= '9' => new DataFormat(bytes, decimals),
            _ => null,
        };
    }
}
