using System.Runtime.CompilerServices;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Floats that are decimals with few digits, as whole numbers; exact to the bit or not at all.</summary>
/// <remarks>A form (0 to 19) is twice the exponent e plus the rule: even ones are n / 10^e, which is what parsing a decimal text
/// gives; odd ones are n * 10^-e in the arithmetic of the column's own type, which is what a register times 0.1 or 0.01 gives.</remarks>
internal static class DecimalFloat
{
    /// <summary>Forms are below this.</summary>
    public const int Forms = 20;

    /// <summary>Adding and subtracting 1.5 * 2^52 rounds to the nearest whole number.</summary>
    private const double Rounder = 6755399441055744.0;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
    private static readonly double[] Inverses = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];
    private static readonly float[] InversesSingle = [1, 1e-1f, 1e-2f, 1e-3f, 1e-4f, 1e-5f, 1e-6f, 1e-7f, 1e-8f, 1e-9f];

    /// <summary>Whole numbers below this are worth it: the bits of a float32 itself take little more than three bytes, and above
    /// 2^50 a double does not hold every whole number and its half.</summary>
    public static double NumberMax(bool single) => single ? 1 << 20 : 1L << 50;

    /// <summary>The whole number that gives exactly these bits in this form; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryToNumber(bool single, int form, double value, ulong bits, out long number)
    {
        double scaled = value * Powers[form >> 1];
        // Also false for NaN.
        if (!(Math.Abs(scaled) < NumberMax(single)))
        {
            number = 0;
            return false;
        }

        number = (long)((scaled + Rounder) - Rounder);
        return ToBits(single, form, number) == bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToBits(bool single, int form, long number)
    {
        if ((form & 1) == 0)
        {
            double value = number / Powers[form >> 1];
            return single ? BitConverter.SingleToUInt32Bits((float)value) : BitConverter.DoubleToUInt64Bits(value);
        }

        return single
            ? BitConverter.SingleToUInt32Bits((float)number * InversesSingle[form >> 1])
            : BitConverter.DoubleToUInt64Bits(number * Inverses[form >> 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble(bool single, ulong bits) =>
        single ? BitConverter.UInt32BitsToSingle((uint)bits) : BitConverter.UInt64BitsToDouble(bits);
}
