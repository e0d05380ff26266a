namespace EdgeAgent.Protocols.S7;

/// <summary>A run of bytes to read.</summary>
/// <param name="Area">The memory area.</param>
/// <param name="Block">Number of the data block; 0 in other areas.</param>
/// <param name="Start">First byte, 0 to 65,535.</param>
/// <param name="Length">Bytes, from 1.</param>
public readonly record struct S7ReadItem(S7Area Area, int Block, int Start, int Length);
