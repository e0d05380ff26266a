namespace EdgeAgent.Core.Model;

/// <summary>The devices and tags that one configuration of an agent defines; the ids in batches are indexes into these lists.</summary>
/// <remarks>It travels in the batch chain before the first batch that uses it, so that whoever holds the chain can name every reading.</remarks>
/// <param name="ConfigHash">SHA-256 of the canonical definition, 32 bytes; names the definition in batches.</param>
public sealed record PlantDefinition(
    ReadOnlyMemory<byte> ConfigHash,
    IReadOnlyList<DeviceDefinition> Devices,
    IReadOnlyList<TagDefinition> Tags);

/// <param name="Name">Unique in its agent.</param>
/// <param name="Driver">The driver's name, for instance <c>modbus-tcp</c>.</param>
/// <param name="Address">The physical address in one canonical string, for instance <c>modbus-tcp://10.0.0.5:502/1</c>; one address is one machine.</param>
/// <param name="Asset">The asset number in the device ledger that this device is bound to; empty when unbound.</param>
public sealed record DeviceDefinition(string Name, string Driver, string Address, string Asset);

/// <param name="DeviceId">Index into <see cref="PlantDefinition.Devices"/>.</param>
/// <param name="Name">Unique in its device.</param>
/// <param name="Kind">The type of its good values.</param>
/// <param name="Unit">Engineering unit, free text, may be empty.</param>
/// <param name="IntervalMs">Period of its scan class in milliseconds.</param>
/// <param name="DecimalPlaces">How many decimals are worth showing; -1 when not set.</param>
public sealed record TagDefinition(int DeviceId, string Name, ValueKind Kind, string Unit, int IntervalMs, int DecimalPlaces = -1);
