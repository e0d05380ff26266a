using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Model;

/// <summary>One value of one tag at one instant, with its quality. Unmanaged, 32 bytes, never boxed.</summary>
/// <remarks>Text and bytes lie in the arena of the <see cref="ReadingBatch"/> that holds the reading; read them through the batch.</remarks>
/// <param name="TagId">Dense tag number given at configuration load.</param>
/// <param name="Quality">OPC UA StatusCode; a bad reading has <see cref="ValueKind.None"/>.</param>
/// <param name="SourceTicks">When the source said the value was so, see <see cref="UnixTicks"/>.</param>
/// <param name="Kind">The type of the value.</param>
/// <param name="Bits">The value's bits: two's complement, IEEE 754, 0/1, or offset (high 32 bits) and length (low 32) in the arena.</param>
public readonly record struct Reading(int TagId, Quality Quality, long SourceTicks, ValueKind Kind, ulong Bits)
{
    public static Reading Boolean(int tagId, Quality quality, long sourceTicks, bool value) =>
        new(tagId, quality, sourceTicks, ValueKind.Boolean, value ? 1UL : 0UL);

    public static Reading Int64(int tagId, Quality quality, long sourceTicks, long value) =>
        new(tagId, quality, sourceTicks, ValueKind.Int64, unchecked((ulong)value));

    public static Reading UInt64(int tagId, Quality quality, long sourceTicks, ulong value) =>
        new(tagId, quality, sourceTicks, ValueKind.UInt64, value);

    public static Reading Float32(int tagId, Quality quality, long sourceTicks, float value) =>
        new(tagId, quality, sourceTicks, ValueKind.Float32, BitConverter.SingleToUInt32Bits(value));

    public static Reading Float64(int tagId, Quality quality, long sourceTicks, double value) =>
        new(tagId, quality, sourceTicks, ValueKind.Float64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A reading that failed: a bad quality and no value.</summary>
    public static Reading Failed(int tagId, Quality quality, long sourceTicks) =>
        new(tagId, quality, sourceTicks, ValueKind.None, 0);

    public bool AsBoolean => Bits != 0;
    public long AsInt64 => unchecked((long)Bits);
    public ulong AsUInt64 => Bits;
    public float AsFloat32 => BitConverter.UInt32BitsToSingle((uint)Bits);
    public double AsFloat64 => BitConverter.UInt64BitsToDouble(Bits);

    public bool IsNumeric => Kind is >= ValueKind.Boolean and <= ValueKind.Float64;

    /// <summary>The value as a number for limits, deadbands and charts; NaN for text, bytes and no value.
    /// 64-bit integers above 2^53 lose their lowest bits here, so never use it to store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble() => Kind switch
    {
        ValueKind.Boolean => Bits,
        ValueKind.Int64 => (long)Bits,
        ValueKind.UInt64 => Bits,
        ValueKind.Float32 => AsFloat32,
        ValueKind.Float64 => AsFloat64,
        _ => double.NaN,
    };
}
