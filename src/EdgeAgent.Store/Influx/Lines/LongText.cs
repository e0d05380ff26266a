using System.Globalization;
using System.Text;

namespace EdgeAgent.Store.Influx.Lines;

/// <summary>Bytes of any length as base64 over as many fields as InfluxDB's limit of 64 KiB a field asks for: c0, c1, …</summary>
internal static class LongText
{
    /// <summary>60,000 characters of base64.</summary>
    private const int PartBytes = 45_000;

    public static void Write(LineBuffer lines, ReadOnlySpan<byte> value)
    {
        lines.Integer("parts"u8, Math.Max(1, (value.Length + PartBytes - 1) / PartBytes));
        int part = 0;
        do
        {
            ReadOnlySpan<byte> piece = value[..Math.Min(PartBytes, value.Length)];
            value = value[piece.Length..];
            lines.Raw(","u8).Base64(Encoding.ASCII.GetBytes(Name(part++)), piece);
        }
        while (!value.IsEmpty);
    }

    public static byte[] Read(InfluxRow row)
    {
        long parts = row.Int64("parts") ?? 0;
        var bytes = new MemoryStream();
        for (int part = 0; part < parts; part++)
        {
            bytes.Write(Convert.FromBase64String(row.Text(Name(part)) ?? throw new StoreDamagedException($"InfluxDB lost part {part} of a {row.Measurement}.")));
        }

        return bytes.ToArray();
    }

    private static string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"c{part}");
}
