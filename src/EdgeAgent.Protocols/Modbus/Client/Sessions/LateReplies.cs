namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>Requests on a line without transaction ids that were given up and whose answers may still come.</summary>
/// <remarks>
/// An RTU or ASCII answer says only unit id, function code and byte count. A late one could therefore pass for the answer to a
/// later request for other addresses. Devices answer in order, so the way out is a probe: a read of the same registers with another
/// byte count than everything that is owed. When its answer is there, nothing older can come any more.
/// </remarks>
internal sealed class LateReplies
{
    /// <summary>After so many unanswered requests to silent units the oldest are forgotten; at a timeout of 1 s that is half a minute.</summary>
    private const int Capacity = 32;

    private readonly ModbusReadRequest[] _owed = new ModbusReadRequest[Capacity];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Add(in ModbusReadRequest request)
    {
        // Answers to identification requests carry what they answer, so none can be mistaken.
        if (request.Function == ModbusFunction.ReadDeviceIdentification)
        {
            return;
        }

        if (_count == Capacity)
        {
            RemoveAt(0);
        }

        _owed[_count++] = request;
    }

    /// <summary>A late answer of this unit could pass for an answer to a request of this function.</summary>
    public bool CouldAnswer(byte unitId, ModbusFunction function)
    {
        foreach (ref readonly var owed in _owed.AsSpan(0, _count))
        {
            if (owed.UnitId == unitId && owed.Function == function)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This unit owes an answer.</summary>
    public bool Owes(byte unitId)
    {
        foreach (ref readonly var owed in _owed.AsSpan(0, _count))
        {
            if (owed.UnitId == unitId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A frame that begins with these bytes could be one of the late answers.</summary>
    public bool CouldAnswer(byte unitId, byte function, byte third)
    {
        foreach (ref readonly var owed in _owed.AsSpan(0, _count))
        {
            if (owed.UnitId == unitId && (((byte)owed.Function == function && owed.DataBytes == third)
                || ((byte)owed.Function | ModbusLimits.ExceptionBit) == function))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This unit has answered something newer.</summary>
    public void Forget(byte unitId)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (_owed[i].UnitId == unitId)
            {
                RemoveAt(i);
            }
        }
    }

    /// <summary>A read whose answer cannot be mistaken for anything that is owed. Inside the addresses that were asked for before,
    /// as far as possible.</summary>
    public ModbusReadRequest MakeProbe(byte unitId, ModbusFunction function)
    {
        var model = default(ModbusReadRequest);
        foreach (ref readonly var owed in _owed.AsSpan(0, _count))
        {
            if (owed.UnitId == unitId && owed.Function == function && owed.Count > model.Count)
            {
                model = owed;
            }
        }

        var unitBytes = model.ReadsBits ? 1 : 2;
        for (var bytes = unitBytes; ; bytes += unitBytes)
        {
            if (!CouldAnswer(unitId, (byte)function, (byte)bytes))
            {
                return ProbeOf(model, bytes);
            }
        }
    }

    private static ModbusReadRequest ProbeOf(in ModbusReadRequest model, int dataBytes)
    {
        var count = model.ReadsBits ? dataBytes * 8 : dataBytes / 2;
        if (model.ReadsBits && model.Count < count && model.DataBytes >= dataBytes)
        {
            count = model.Count;
        }

        var address = Math.Min(model.Address, 0x1_0000 - count);
        return model with { Address = (ushort)address, Count = (ushort)count };
    }

    private void RemoveAt(int index)
    {
        _count--;
        _owed.AsSpan(index + 1, _count - index).CopyTo(_owed.AsSpan(index));
    }
}
