namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>A connection could not be made; the message names host and port and what happened.</summary>
public sealed class ModbusConnectException(string message, Exception? inner = null) : IOException(message, inner);
