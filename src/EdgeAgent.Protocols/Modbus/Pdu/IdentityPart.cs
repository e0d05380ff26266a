namespace EdgeAgent.Protocols.Modbus.Pdu;

/// <summary>The head of one part of a device identification.</summary>
/// <param name="ConformityLevel">What the device supports: 1 basic, 2 regular, 3 extended; bit 7 also single objects.</param>
/// <param name="MoreFollows">Another part must be asked for, beginning with <paramref name="NextObjectId"/>.</param>
public readonly record struct IdentityPart(byte ConformityLevel, bool MoreFollows, byte NextObjectId, byte ObjectCount);
