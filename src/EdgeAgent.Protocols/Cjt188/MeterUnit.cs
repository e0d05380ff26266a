using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>A unit that a meter or a plant uses (CJ/T 188 table 6), as a factor to its quantity's own unit.</summary>
/// <param name="ToOwn">Factor to kWh, kW, m³ or m³/h.</param>
public sealed record MeterUnit(string Name, MeterQuantity Quantity, double ToOwn)
{
    private const double KilowattHoursPerMegajoule = 1 / 3.6;

    private static readonly MeterUnit[] Known =
    [
        new("kWh", MeterQuantity.Energy, 1), new("Wh", MeterQuantity.Energy, 0.001), new("MWh", MeterQuantity.Energy, 1000),
        new("J", MeterQuantity.Energy, KilowattHoursPerMegajoule / 1e6), new("kJ", MeterQuantity.Energy, KilowattHoursPerMegajoule / 1000),
        new("MJ", MeterQuantity.Energy, KilowattHoursPerMegajoule), new("GJ", MeterQuantity.Energy, KilowattHoursPerMegajoule * 1000),
        new("kW", MeterQuantity.Power, 1), new("W", MeterQuantity.Power, 0.001), new("MW", MeterQuantity.Power, 1000),
        new("m³", MeterQuantity.Volume, 1), new("m3", MeterQuantity.Volume, 1), new("L", MeterQuantity.Volume, 0.001),
        new("m³/h", MeterQuantity.Flow, 1), new("m3/h", MeterQuantity.Flow, 1), new("L/h", MeterQuantity.Flow, 0.001),
        new("℃", MeterQuantity.Temperature, 1), new("°C", MeterQuantity.Temperature, 1), new("h", MeterQuantity.Duration, 1),
    ];

    /// <summary>The first of its quantity: what values are given in when nothing else is asked for.</summary>
    public static MeterUnit OwnOf(MeterQuantity quantity) => Known.First(unit => unit.Quantity == quantity);

    public static bool TryGet(string name, [NotNullWhen(true)] out MeterUnit? unit) =>
        (unit = Array.Find(Known, known => known.Name == name)) is not null;

    public static IEnumerable<string> NamesOf(MeterQuantity quantity) => Known.Where(unit => unit.Quantity == quantity).Select(unit => unit.Name);

    /// <summary>The factor of a unit code in a frame to its quantity's own unit; false when the code means nothing for the quantity.</summary>
    public static bool TryFactor(byte code, MeterQuantity quantity, out double factor)
    {
        (var of, factor) = code switch
        {
            0x02 => (MeterQuantity.Energy, 0.001),
            0x05 => (MeterQuantity.Energy, 1.0),
            0x08 => (MeterQuantity.Energy, 1000.0),
            0x0A => (MeterQuantity.Energy, 100_000.0),
            0x01 => (MeterQuantity.Energy, KilowattHoursPerMegajoule / 1e6),
            0x0B => (MeterQuantity.Energy, KilowattHoursPerMegajoule / 1000),
            0x0E => (MeterQuantity.Energy, KilowattHoursPerMegajoule),
            0x11 => (MeterQuantity.Energy, KilowattHoursPerMegajoule * 1000),
            0x13 => (MeterQuantity.Energy, KilowattHoursPerMegajoule * 100_000),
            0x14 => (MeterQuantity.Power, 0.001),
            0x17 => (MeterQuantity.Power, 1.0),
            0x1A => (MeterQuantity.Power, 1000.0),
            0x29 => (MeterQuantity.Volume, 0.001),
            0x2C => (MeterQuantity.Volume, 1.0),
            0x32 => (MeterQuantity.Flow, 0.001),
            0x35 => (MeterQuantity.Flow, 1.0),
            _ => (MeterQuantity.None, 0.0),
        };
        return of == quantity && of != MeterQuantity.None;
    }
}

/// <summary>What a field of a meter measures.</summary>
public enum MeterQuantity : byte
{
    None,
    Energy,
    Power,
    Volume,
    Flow,
    Temperature,
    Duration,
}
