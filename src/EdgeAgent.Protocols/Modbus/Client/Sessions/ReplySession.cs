using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>The protocol state of one connection: which requests are on their way and which bytes answer which of them.</summary>
/// <remarks>Does no I/O and knows no clock beyond the timestamps it is given. Not thread-safe: the connection calls it under its gate.</remarks>
internal abstract class ReplySession(ClientCounters counters)
{
    protected ClientCounters Counters { get; } = counters;

    public abstract bool CanBegin { get; }

    public abstract int FrameBytesMax { get; }

    public abstract bool HasInFlight { get; }

    /// <summary>The earliest deadline of the requests on their way; meaningful only when there are any.</summary>
    public abstract long EarliestDeadline { get; }

    /// <summary>Takes the request in and writes the frame that must be sent now; returns its length.</summary>
    public abstract int Begin(PendingRequest request, Span<byte> frame);

    /// <summary>Looks at the front of what was received.</summary>
    public abstract SessionStep Next(ReadOnlySpan<byte> received);

    /// <summary>The datagram ends here: what is left of it will never be completed.</summary>
    public virtual void EndDatagram()
    {
    }

    /// <summary>Takes out one request whose deadline has passed; no request when there is none.</summary>
    public abstract SessionStep TakeExpired(long now);

    /// <summary>Gives one request up because its caller did. False when it is not on its way.</summary>
    public abstract bool Abandon(PendingRequest request);

    /// <summary>Takes out any request, for the end of the connection.</summary>
    public abstract PendingRequest? TakeAny();

    /// <summary>Holds a PDU against what was asked: function code and byte count must match.</summary>
    protected static ModbusResult Interpret(in ModbusReadRequest asked, ReadOnlySpan<byte> pdu, out ReadOnlySpan<byte> data)
    {
        if (asked.Function != ModbusFunction.ReadDeviceIdentification)
        {
            return ReadPdu.ReadResponse(asked, pdu, out data);
        }

        data = default;
        if (ExceptionPdu.TryRead(asked.Function, pdu, out var code))
        {
            return new ModbusResult(ModbusStatus.Exception, code);
        }

        // The answer names the category but not the object asked for; its first object must be that one (0 asks for whatever is first).
        if (!DeviceIdentificationPdu.TryReadResponse(pdu, out _, out var objects) || pdu[2] != asked.Count
            || (asked.Address != 0 && (objects.IsEmpty || objects[0] != asked.Address)))
        {
            return new ModbusResult(ModbusStatus.BadFrame);
        }

        data = pdu;
        return new ModbusResult(ModbusStatus.Ok);
    }

    /// <summary>Writes the PDU of a request; identification requests carry category and object id in count and address.</summary>
    protected static int WritePdu(Span<byte> destination, in ModbusReadRequest request)
    {
        if (request.Function == ModbusFunction.ReadDeviceIdentification)
        {
            DeviceIdentificationPdu.WriteRequest(destination, (ModbusIdentityCategory)request.Count, (byte)request.Address);
            return DeviceIdentificationPdu.RequestBytes;
        }

        ReadPdu.WriteRequest(destination, request);
        return ReadPdu.RequestBytes;
    }
}
