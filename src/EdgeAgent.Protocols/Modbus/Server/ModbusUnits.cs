using EdgeAgent.Protocols.Modbus.Pdu;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>The units behind one server, and the answer to a PDU.</summary>
public sealed class ModbusUnits
{
    private readonly IModbusDataSource?[] _sources = new IModbusDataSource?[256];

    public IModbusDataSource? this[byte unitId]
    {
        get => Volatile.Read(ref _sources[unitId]);
        set => Volatile.Write(ref _sources[unitId], value);
    }

    /// <summary>Writes the answer's PDU; 0 bytes leave the request unanswered.</summary>
    internal int Answer(byte unitId, ReadOnlySpan<byte> request, Span<byte> answer, ModbusExceptionCode unknownUnit)
    {
        if (request.IsEmpty)
        {
            return 0;
        }

        if (this[unitId] is not { } source)
        {
            return unknownUnit == ModbusExceptionCode.None ? 0 : ExceptionPdu.Write(answer, request[0], unknownUnit);
        }

        if (ReadPdu.TryReadRequest(unitId, request, out var read))
        {
            return read.IsValid ? AnswerRead(source, read, answer) : ExceptionPdu.Write(answer, request[0], InvalidityOf(read));
        }

        if (source.Identity is { } identity && DeviceIdentificationPdu.TryReadRequest(request, out var category, out var objectId))
        {
            return AnswerIdentity(identity, category, objectId, answer);
        }

        return ExceptionPdu.Write(answer, request[0], ModbusExceptionCode.IllegalFunction);
    }

    private static ModbusExceptionCode InvalidityOf(in ModbusReadRequest read) =>
        (read with { Address = 0 }).IsValid ? ModbusExceptionCode.IllegalDataAddress : ModbusExceptionCode.IllegalDataValue;

    private static int AnswerRead(IModbusDataSource source, in ModbusReadRequest read, Span<byte> answer)
    {
        var data = answer.Slice(2, read.DataBytes);
        ModbusExceptionCode code;
        if (read.ReadsBits)
        {
            data.Clear();
            code = source.ReadBits(read.Function, read.Address, read.Count, data);
        }
        else
        {
            code = source.ReadRegisters(read.Function, read.Address, data);
        }

        if (code != ModbusExceptionCode.None)
        {
            return ExceptionPdu.Write(answer, (byte)read.Function, code);
        }

        answer[0] = (byte)read.Function;
        answer[1] = (byte)data.Length;
        return 2 + data.Length;
    }

    private static int AnswerIdentity(ModbusDeviceIdentity identity, byte category, byte objectId, Span<byte> answer)
    {
        const byte function = (byte)ModbusFunction.ReadDeviceIdentification;
        if (category is < (byte)ModbusIdentityCategory.Basic or > (byte)ModbusIdentityCategory.Specific)
        {
            return ExceptionPdu.Write(answer, function, ModbusExceptionCode.IllegalDataValue);
        }

        if (!identity.Objects.ContainsKey(objectId))
        {
            if (category == (byte)ModbusIdentityCategory.Specific)
            {
                return ExceptionPdu.Write(answer, function, ModbusExceptionCode.IllegalDataAddress);
            }

            // The specification: a stream asked for from an unknown object starts at the beginning.
            objectId = 0;
        }

        return DeviceIdentificationPdu.WriteResponse(answer, identity, (ModbusIdentityCategory)category, objectId);
    }
}
