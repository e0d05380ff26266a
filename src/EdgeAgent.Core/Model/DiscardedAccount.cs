namespace EdgeAgent.Core.Model;

/// <summary>The readings of one device in one UTC hour whose account was given up together with the batches that carried it.</summary>
/// <remarks>The device goes by name, because the declaring batch may name another definition.</remarks>
/// <param name="Device">The device's name.</param>
/// <param name="Hour">UTC hour since 1970 in which the readings were due.</param>
/// <param name="Provenance">Where the device's readings came from.</param>
/// <param name="Due">Readings that were due; no evidence of any of them is left, so all of them count as missed.</param>
/// <param name="Readings">Readings that lay in the batches; more than <paramref name="Due"/> where a device sent by itself.</param>
public readonly record struct DiscardedAccount(string Device, int Hour, Provenance Provenance, long Due, long Readings);
