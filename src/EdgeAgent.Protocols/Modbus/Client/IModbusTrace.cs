namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>Sees every frame of a connection, for a per-device trace. Called on the connection's path: copy and return.</summary>
public interface IModbusTrace
{
    void Sent(byte unitId, ReadOnlySpan<byte> frame);

    /// <summary>Bytes as they came off the socket; frames may be in pieces.</summary>
    void Received(ReadOnlySpan<byte> bytes);
}
