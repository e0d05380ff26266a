namespace EdgeAgent.Protocols.Modbus.Pdu;

/// <summary>The PDUs of function 43, type 14. An identity longer than one PDU comes in parts.</summary>
/// <remarks>Response: 43, 14, read code, conformity level, more follows (0 or 255), next object id, number of objects,
/// then for each object its id, its length and its bytes.</remarks>
public static class DeviceIdentificationPdu
{
    public const int RequestBytes = 4;
    public const byte InterfaceType = 14;
    private const int HeaderBytes = 7;

    public static void WriteRequest(Span<byte> destination, ModbusIdentityCategory category, byte objectId)
    {
        destination[3] = objectId;
        destination[2] = (byte)category;
        destination[1] = InterfaceType;
        destination[0] = (byte)ModbusFunction.ReadDeviceIdentification;
    }

    public static bool TryReadRequest(ReadOnlySpan<byte> pdu, out byte category, out byte objectId)
    {
        (category, objectId) = (0, 0);
        if (pdu.Length != RequestBytes || pdu[0] != (byte)ModbusFunction.ReadDeviceIdentification || pdu[1] != InterfaceType)
        {
            return false;
        }

        (category, objectId) = (pdu[2], pdu[3]);
        return true;
    }

    /// <summary>The length of the response PDU that starts here, by walking its objects: -1 while bytes are missing,
    /// 0 when it cannot be one.</summary>
    public static int MeasureResponse(ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length < HeaderBytes)
        {
            return -1;
        }

        if (pdu[0] != (byte)ModbusFunction.ReadDeviceIdentification || pdu[1] != InterfaceType)
        {
            return 0;
        }

        var length = HeaderBytes;
        for (var remaining = pdu[6]; remaining > 0; remaining--)
        {
            if (length + 2 > ModbusLimits.PduBytesMax)
            {
                return 0;
            }

            if (length + 2 > pdu.Length)
            {
                return -1;
            }

            length += 2 + pdu[length + 1];
        }

        return length > ModbusLimits.PduBytesMax ? 0 : length > pdu.Length ? -1 : length;
    }

    /// <summary>Reads the head of a response; its objects follow in <paramref name="objects"/>.</summary>
    public static bool TryReadResponse(ReadOnlySpan<byte> pdu, out IdentityPart part, out ReadOnlySpan<byte> objects)
    {
        part = default;
        objects = default;
        var length = MeasureResponse(pdu);
        if (length <= 0)
        {
            return false;
        }

        part = new IdentityPart(pdu[3], pdu[4] == 0xFF, pdu[5], pdu[6]);
        objects = pdu[HeaderBytes..length];
        return true;
    }

    /// <summary>Takes the next object off <paramref name="objects"/>.</summary>
    public static bool TryReadObject(ref ReadOnlySpan<byte> objects, out byte id, out ReadOnlySpan<byte> value)
    {
        if (objects.Length < 2 || objects.Length < 2 + objects[1])
        {
            id = 0;
            value = default;
            return false;
        }

        id = objects[0];
        value = objects.Slice(2, objects[1]);
        objects = objects[(2 + value.Length)..];
        return true;
    }

    /// <summary>Writes one part of an identity as a server does, beginning with the first object at or after
    /// <paramref name="objectId"/>; objects that do not fit come in the next part.</summary>
    public static int WriteResponse(Span<byte> destination, ModbusDeviceIdentity identity, ModbusIdentityCategory category, byte objectId)
    {
        var single = category == ModbusIdentityCategory.Specific;
        var last = category switch
        {
            ModbusIdentityCategory.Basic => 2,
            ModbusIdentityCategory.Regular => 0x7F,
            _ => 0xFF,
        };
        var length = HeaderBytes;
        byte count = 0;
        (byte more, byte next) = (0, 0);
        foreach (var (id, text) in identity.Objects)
        {
            if (id < objectId || id > last || (single && id != objectId))
            {
                continue;
            }

            // A text beyond one part's room is cut: the specification knows no object that spans parts.
            var bytes = Math.Min(text.Length, ModbusLimits.PduBytesMax - HeaderBytes - 2);
            if (length + 2 + bytes > ModbusLimits.PduBytesMax)
            {
                (more, next) = (0xFF, id);
                break;
            }

            destination[length] = id;
            destination[length + 1] = (byte)bytes;
            System.Text.Encoding.Latin1.GetBytes(text.AsSpan(0, bytes), destination[(length + 2)..]);
            length += 2 + bytes;
            count++;
        }

        destination[0] = (byte)ModbusFunction.ReadDeviceIdentification;
        destination[1] = InterfaceType;
        destination[2] = (byte)category;
        destination[3] = 0x83; // extended identification, streams and single objects
        destination[4] = more;
        destination[5] = next;
        destination[6] = count;
        return length;
    }
}
