using System.Buffers.Binary;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite.Chunks;

/// <summary>Turns values into small numbers by what came before of the same type, and back.</summary>
/// <remarks>Integers become zig-zag differences. Floats become the exclusive-or with the one before, bytes reversed, so that the
/// zeros at the end of a short decimal become leading zeros, which a varint does not write.</remarks>
internal struct ValueDeltas
{
    private ulong _integer;
    private uint _float32;
    private ulong _float64;

    public ulong Encode(in Reading reading)
    {
        switch (reading.Kind)
        {
            case ValueKind.Int64 or ValueKind.UInt64:
                ulong difference = ByteWriter.ZigZag((long)(reading.Bits - _integer));
                _integer = reading.Bits;
                return difference;
            case ValueKind.Float32:
                uint change32 = BinaryPrimitives.ReverseEndianness((uint)reading.Bits ^ _float32);
                _float32 = (uint)reading.Bits;
                return change32;
            case ValueKind.Float64:
                ulong change64 = BinaryPrimitives.ReverseEndianness(reading.Bits ^ _float64);
                _float64 = reading.Bits;
                return change64;
            case ValueKind.Boolean:
                return reading.Bits;
            default:
                return 0;
        }
    }

    public ulong Decode(ValueKind kind, ulong encoded)
    {
        switch (kind)
        {
            case ValueKind.Int64 or ValueKind.UInt64:
                return _integer += (ulong)ByteReader.UnZigZag(encoded);
            case ValueKind.Float32:
                return _float32 ^= BinaryPrimitives.ReverseEndianness((uint)encoded);
            case ValueKind.Float64:
                return _float64 ^= BinaryPrimitives.ReverseEndianness(encoded);
            case ValueKind.Boolean:
                return encoded;
            default:
                return 0;
        }
    }
}
