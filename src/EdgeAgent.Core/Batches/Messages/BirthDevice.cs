namespace EdgeAgent.Core.Batches;

/// <summary>One device of an agent's birth message.</summary>
/// <param name="Name">Unique in its agent.</param>
/// <param name="Driver">The driver's name.</param>
/// <param name="Address">The physical address.</param>
/// <param name="Asset">Asset number in the device ledger; empty when unbound.</param>
/// <param name="Provenance"><c>live</c>, <c>simulated</c>, <c>replayed</c> or <c>imported</c>, as configured.</param>
/// <param name="Tags">Its tags.</param>
public sealed record BirthDevice(
    string Name,
    string Driver,
    string Address,
    string Asset,
    string Provenance,
    IReadOnlyList<BirthTag> Tags);
