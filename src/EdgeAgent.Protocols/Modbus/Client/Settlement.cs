namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>A request that a session let go of, and what is to become of it.</summary>
/// <param name="SendAgain">It goes back to the head of the queue: what was answered was only a probe.</param>
internal readonly record struct Settlement(PendingRequest Request, ModbusResult Result, bool SendAgain);
