namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>One misbehaviour for one request.</summary>
/// <param name="DelayMs">For <see cref="ModbusFaultKind.Late"/>, <see cref="ModbusFaultKind.Stall"/> and <see cref="ModbusFaultKind.SlowBytes"/>.</param>
/// <param name="Code">For <see cref="ModbusFaultKind.Exception"/>.</param>
public readonly record struct ModbusFault(ModbusFaultKind Kind, int DelayMs = 0, ModbusExceptionCode Code = ModbusExceptionCode.None);
