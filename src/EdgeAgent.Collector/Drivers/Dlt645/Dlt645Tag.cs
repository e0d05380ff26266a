using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Dlt645;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>One tag as the driver reads it.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Identifier">The data item that it lies in.</param>
/// <param name="Offset">Where it begins in the item, in bytes.</param>
/// <param name="Format">How it lies there.</param>
/// <param name="Bit">Bit to take out of a status word, or -1.</param>
/// <param name="Unit">What the standard says about its unit; empty when nothing.</param>
internal sealed record Dlt645Tag(int Id, uint Identifier, int Offset, DataFormat Format, int Bit, string Unit)
{
    public ValueKind Kind => Bit >= 0 ? ValueKind.Boolean : Format switch
    {
        { Shape: DataShape.Digits } => ValueKind.Text,
        { Shape: DataShape.Bits } => ValueKind.UInt64,
        { Decimals: > 0 } => ValueKind.Float64,
        { IsSigned: true } => ValueKind.Int64,
        _ => ValueKind.UInt64,
    };
}
