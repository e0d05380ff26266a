namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>What a request's frame says besides its PDU.</summary>
internal readonly record struct ServerFrame(ushort TransactionId, byte UnitId);
