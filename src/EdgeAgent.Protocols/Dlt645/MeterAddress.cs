using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>The 12-digit address of a meter, as printed on it (7.1.2: six bytes BCD, the lowest first).</summary>
public readonly record struct MeterAddress
{
    public const int Bytes = 6;
    public const int Digits = 12;
    private const byte Wildcard = 0xAA;

    private readonly ulong _bcd;

    private MeterAddress(ulong bcd) => _bcd = bcd;

    /// <summary>AA in every byte: whoever is alone on the line answers.</summary>
    public static MeterAddress Any { get; } = new(0xAAAA_AAAA_AAAA);

    public bool IsAny => this == Any;

    /// <summary>Takes up to 12 digits; leading zeros may be left out.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MeterAddress address)
    {
        address = default;
        if (text is null || text.Length is 0 or > Digits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        address = new MeterAddress(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    public static MeterAddress Read(ReadOnlySpan<byte> source)
    {
        ulong bcd = 0;
        for (var i = Bytes - 1; i >= 0; i--)
        {
            bcd = (bcd << 8) | source[i];
        }

        return new MeterAddress(bcd);
    }

    public void Write(Span<byte> destination)
    {
        for (var i = 0; i < Bytes; i++)
        {
            destination[i] = (byte)(_bcd >> (8 * i));
        }
    }

    /// <summary>Whether a meter of this address takes a request to that one: equal but for bytes of AA (7.1.3).</summary>
    public bool IsMeantBy(MeterAddress asked)
    {
        for (var i = 0; i < Bytes; i++)
        {
            var wanted = (byte)(asked._bcd >> (8 * i));
            if (wanted != Wildcard && wanted != (byte)(_bcd >> (8 * i)))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => _bcd.ToString("X12", CultureInfo.InvariantCulture);
}
