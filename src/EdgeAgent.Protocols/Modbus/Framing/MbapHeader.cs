namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>The header of a Modbus TCP frame: transaction id, protocol id (always 0), length, unit id.</summary>
public readonly record struct MbapHeader(ushort TransactionId, byte UnitId, int PduBytes)
{
    public const int Bytes = 7;

    public int FrameBytes => Bytes + PduBytes;
}
