using System.Globalization;

namespace EdgeAgent.Protocols.Serial;

/// <summary>How characters travel on a serial line.</summary>
public sealed record SerialSettings
{
    public const int BaudRateLeast = 50;
    public const int BaudRateMost = 4_000_000;

    /// <summary>Bits a second, also ones that no standard names. Default 9600.</summary>
    public int BaudRate { get; init; } = 9600;

    /// <summary>5 to 8; default 8.</summary>
    public int DataBits { get; init; } = 8;

    /// <summary>Default none.</summary>
    public SerialParity Parity { get; init; }

    /// <summary>1 or 2; default 1.</summary>
    public int StopBits { get; init; } = 1;

    /// <summary>Null, the default, leaves the transceiver to the adapter.</summary>
    public Rs485Settings? Rs485 { get; init; }

    /// <summary>Start bit, data, parity, stop bits.</summary>
    public int CharacterBits => 1 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits;

    /// <summary>How long so many characters take one after the other.</summary>
    public TimeSpan TimeOf(double characters) => TimeSpan.FromSeconds(characters * CharacterBits / BaudRate);

    /// <summary>As people write it: <c>9600 8N1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaudRate} {DataBits}{Parity.ToString()[0]}{StopBits}");

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BaudRate, BaudRateLeast);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BaudRate, BaudRateMost);
        ArgumentOutOfRangeException.ThrowIfLessThan(DataBits, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DataBits, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(StopBits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StopBits, 2);
    }
}
