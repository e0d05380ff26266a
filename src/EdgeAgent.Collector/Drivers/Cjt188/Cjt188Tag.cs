using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Cjt188;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>One tag as the driver reads it.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Bit">Bit to take out of the state, or -1.</param>
/// <param name="Unit">The unit that values are given in; null for texts and bits.</param>
internal sealed record Cjt188Tag(int Id, MeterField Field, int Bit, MeterUnit? Unit)
{
    public ValueKind Kind => Bit >= 0 ? ValueKind.Boolean : Field.Shape switch
    {
        MeterFieldShape.Digits => ValueKind.Text,
        MeterFieldShape.Bits => ValueKind.UInt64,
        _ => ValueKind.Float64,
    };
}
