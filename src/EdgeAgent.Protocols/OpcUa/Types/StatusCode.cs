namespace EdgeAgent.Protocols.OpcUa;

/// <summary>How good a value is, or how a service went; all 32 bits are kept as they came.</summary>
public readonly record struct StatusCode(uint Value)
{
    private const uint InfoTypeMask = 0xC00;
    private const uint InfoTypeDataValue = 0x400;
    private const uint OverflowBit = 0x80;

    public bool IsGood => Value >> 30 == 0;

    public bool IsUncertain => Value >> 30 == 1;

    /// <summary>Bad, or of the reserved severity, which must be treated as bad.</summary>
    public bool IsBad => Value >> 30 >= 2;

    /// <summary>The server's queue of this monitored item was too short, and values were lost.</summary>
    public bool HasOverflow => (Value & InfoTypeMask) == InfoTypeDataValue && (Value & OverflowBit) != 0;

    /// <summary>The code without the bits that only qualify it.</summary>
    public StatusCode Code => new(Value & 0xFFFF_0000);

    public static implicit operator StatusCode(uint value) => new(value);

    public override string ToString() => StatusCodes.NameOf(Value & 0xFFFF_0000) is { } name ? name : $"0x{Value:X8}";
}
