using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>The 14-digit address of a meter, as printed on it (5.2.3: seven bytes BCD, the lowest first; some makers send the highest first).</summary>
public readonly record struct Cjt188Address
{
    public const int Bytes = 7;
    public const int Digits = 14;
    private readonly ulong _bcd;

    private Cjt188Address(ulong bcd) => _bcd = bcd;

    /// <summary>AA in every byte: whoever is alone on the line answers.</summary>
    public static Cjt188Address Any { get; } = new(0xAA_AAAA_AAAA_AAAA);

    public bool IsAny => this == Any;

    /// <summary>Takes up to 14 digits; leading zeros may be left out.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cjt188Address address)
    {
        address = default;
        if (text is null || text.Length is 0 or > Digits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        address = new Cjt188Address(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    public static Cjt188Address Read(ReadOnlySpan<byte> source, bool highestFirst)
    {
        ulong bcd = 0;
        for (var i = 0; i < Bytes; i++)
        {
            bcd = (bcd << 8) | source[highestFirst ? i : Bytes - 1 - i];
        }

        return new Cjt188Address(bcd);
    }

    public void Write(Span<byte> destination, bool highestFirst)
    {
        for (var i = 0; i < Bytes; i++)
        {
            destination[highestFirst ? Bytes - 1 - i : i] = (byte)(_bcd >> (8 * i));
        }
    }

    public override string ToString() => _bcd.ToString("X14", CultureInfo.InvariantCulture);
}
