namespace EdgeAgent.Protocols.Modbus.Registers;

/// <summary>What a run of registers (or one coil) holds.</summary>
public enum ModbusValueType : byte
{
    /// <summary>One coil or discrete input, or one bit of a register.</summary>
    Bit,

    /// <summary>The low byte of one register; with <see cref="ModbusOrder.SwapBytes"/> the high one.</summary>
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,

    /// <summary>Four decimal digits in one register: 0x1234 is 1234.</summary>
    Bcd16,

    /// <summary>Eight decimal digits in two registers.</summary>
    Bcd32,

    /// <summary>Text, two characters a register, ended by a NUL or by the last register.</summary>
    String,

    /// <summary>The registers' bytes as they are.</summary>
    Bytes,
}
