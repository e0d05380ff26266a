using System.Globalization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>A share as two whole numbers; it is compared exactly and rounded only to be shown.</summary>
public readonly record struct Fraction(long N, long D)
{
    /// <summary>Whether the share is at least <paramref name="limit"/>; never when the denominator is 0.</summary>
    public bool IsAtLeast(decimal limit) => D > 0 && N >= limit * D;

    /// <summary>In percent with two decimals, half up, for instance <c>60.00%</c>; a dash when the denominator is 0.</summary>
    public string Percent => D <= 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{TenThousandths / 100}.{TenThousandths % 100:00}%");

    /// <summary>As a decimal with four places, half up, for instance <c>0.9820</c>; null when the denominator is 0.</summary>
    public string? Share => D <= 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{TenThousandths / 10_000}.{TenThousandths % 10_000:0000}");

    private long TenThousandths => (long)((((Int128)N * 20_000) + D) / (2 * (Int128)D));

    /// <summary>Percentage and numbers, for instance <c>60.00% (60001/100000)</c>.</summary>
    public override string ToString() => D <= 0 ? $"不可计算 ({N}/{D})" : $"{Percent} ({N}/{D})";
}
