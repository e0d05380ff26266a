using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx;

/// <summary>A row of a declared loss, with the device as the declaring agent described it then.</summary>
internal readonly record struct InfluxLoss(
    string Device, string Address, string Asset, string Driver, int Hour, Provenance Provenance, long Due, long Readings)
{
    public DiscardedAccount ToAccount() => new(Device, Hour, Provenance, Due, Readings);
}
