namespace EdgeAgent.Core.Batches;

/// <summary>One tag of an agent's birth message.</summary>
/// <param name="Name">Unique in its device.</param>
/// <param name="Kind">Name of the <see cref="Model.ValueKind"/>.</param>
/// <param name="Unit">Engineering unit, may be empty.</param>
/// <param name="IntervalMs">Period in milliseconds.</param>
/// <param name="Decimals">Decimals worth showing; -1 when not set.</param>
public sealed record BirthTag(string Name, string Kind, string Unit, int IntervalMs, int Decimals);
