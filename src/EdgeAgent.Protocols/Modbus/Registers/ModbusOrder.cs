namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>In which order the bytes of a value lie in its registers. Each flag swaps neighbours of one size; no flag is the
/// specification's big-endian order.</summary>
/// <remarks>
/// Written in letters: A is the value's most significant byte, and the letters stand as the bytes come over the wire.
/// Every order of bytes that devices use is one combination; README.md of this folder shows one example of each.
/// </remarks>
[Flags]
public enum ModbusOrder : byte
{
    /// <summary>AB, ABCD, ABCDEFGH.</summary>
    BigEndian = 0,

    /// <summary>The bytes inside each register: BA, BADC, BADCFEHG.</summary>
    SwapBytes = 1,

    /// <summary>The registers inside each pair: CDAB, CDABGHEF.</summary>
    SwapWords = 2,

    /// <summary>The register pairs of an 8-byte value: EFGHABCD; together with <see cref="SwapWords"/> GHEFCDAB.</summary>
    SwapDoubleWords = 4,
}
