namespace EdgeAgent.Protocols.Cjt188;

/// <summary>A meter as its client must speak to it. Makers read the standard in different ways, so two orders are settings.</summary>
/// <param name="Type">10 cold water, 11 hot water, 12 drinking water, 13 reclaimed water, 20 heat, 21 cold, 30 gas (hexadecimal, table 5).</param>
/// <param name="AddressHighestFirst">Address bytes travel the highest first.</param>
/// <param name="IdentifierHighestFirst">901F travels as 90 1F; the standard's order is 1F 90.</param>
public sealed record Cjt188Meter(byte Type, Cjt188Address Address, bool AddressHighestFirst = false, bool IdentifierHighestFirst = false);

/// <summary>How a reading ended.</summary>
/// <param name="DataBytes">When Ok.</param>
/// <param name="State">The two state bytes with which a meter refuses.</param>
public readonly record struct Cjt188Result(Serial.ExchangeStatus Status, int DataBytes = 0, ushort State = 0);
