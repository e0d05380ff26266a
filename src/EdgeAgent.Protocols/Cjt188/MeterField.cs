namespace EdgeAgent.Protocols.Cjt188;

/// <summary>One value in the data that a meter gives for identifier 901F (annex A: measured data).</summary>
/// <param name="Name">As it is written in addresses of tags.</param>
/// <param name="Offset">Behind identifier and serial number, in bytes.</param>
/// <param name="Bytes">Of its digits, without the unit code that follows those of energy, power, volume and flow.</param>
/// <param name="Quantity">None for texts and bits.</param>
public sealed record MeterField(string Name, int Offset, int Bytes, int Decimals, MeterQuantity Quantity, MeterFieldShape Shape = MeterFieldShape.Number)
{
    private static readonly MeterField[] OfWater =
    [
        new("volume", 0, 4, 2, MeterQuantity.Volume),
        new("settled-volume", 5, 4, 2, MeterQuantity.Volume),
        new("time", 10, 7, 0, MeterQuantity.None, MeterFieldShape.Digits),
        new("status", 17, 2, 0, MeterQuantity.None, MeterFieldShape.Bits),
    ];

    private static readonly MeterField[] OfHeat =
    [
        new("settled-heat", 0, 4, 2, MeterQuantity.Energy),
        new("heat", 5, 4, 2, MeterQuantity.Energy),
        new("power", 10, 4, 2, MeterQuantity.Power),
        new("flow", 15, 4, 4, MeterQuantity.Flow),
        new("volume", 20, 4, 2, MeterQuantity.Volume),
        new("supply-temperature", 25, 3, 2, MeterQuantity.Temperature),
        new("return-temperature", 28, 3, 2, MeterQuantity.Temperature),
        new("hours", 31, 3, 0, MeterQuantity.Duration),
        new("time", 34, 7, 0, MeterQuantity.None, MeterFieldShape.Digits),
        new("status", 41, 2, 0, MeterQuantity.None, MeterFieldShape.Bits),
    ];

    /// <summary>Whether a unit code stands behind the digits.</summary>
    public bool HasUnitCode => Quantity is MeterQuantity.Energy or MeterQuantity.Power or MeterQuantity.Volume or MeterQuantity.Flow;

    /// <summary>Types 20 to 29 are heat meters (table 5); water and gas meters give the same four.</summary>
    public static IReadOnlyList<MeterField> Of(byte meterType) => meterType is >= 0x20 and <= 0x29 ? OfHeat : OfWater;
}

/// <summary>What the bytes of a field mean.</summary>
public enum MeterFieldShape : byte
{
    Number,
    Digits,
    Bits,
}
