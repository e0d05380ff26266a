using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>One tag as the driver reads it.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Function">The function that reads its table.</param>
/// <param name="Address">First register or bit, zero-based.</param>
/// <param name="Count">Registers or bits that it fills; always read in one request.</param>
/// <param name="Type">How the value lies there.</param>
/// <param name="Order">Order of its bytes.</param>
/// <param name="Bit">Bit to take out of a register value, or -1.</param>
/// <param name="Length">Bytes of a text or of bytes; else 0.</param>
/// <param name="Encoding">Of text; null for UTF-8.</param>
internal sealed record ModbusTag(
    int Id, ModbusFunction Function, int Address, int Count, ModbusValueType Type, ModbusOrder Order, int Bit, int Length, Encoding? Encoding)
{
    /// <summary>The first address after it.</summary>
    public int End => Address + Count;

    public bool IsBitTable => Function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs;

    public ValueKind Kind => Bit >= 0 ? ValueKind.Boolean : Type switch
    {
        ModbusValueType.Bit => ValueKind.Boolean,
        ModbusValueType.Int8 or ModbusValueType.Int16 or ModbusValueType.Int32 or ModbusValueType.Int64 => ValueKind.Int64,
        ModbusValueType.Float32 => ValueKind.Float32,
        ModbusValueType.Float64 => ValueKind.Float64,
        ModbusValueType.String => ValueKind.Text,
        ModbusValueType.Bytes => ValueKind.Bytes,
        _ => ValueKind.UInt64,
    };

    public override string ToString() => $"{ModbusTagAddress.Prefix(Function)}:{Address}";
}
