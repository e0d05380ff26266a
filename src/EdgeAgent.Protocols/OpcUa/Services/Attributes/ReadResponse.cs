using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Attributes;

/// <summary>The values that were read, in the order of the request (OPC 10000-4 §5.10.2).</summary>
internal static class ReadResponse
{
    public static void Write(UaBuffer target, ResponseHeader header, ReadOnlySpan<DataValue> values)
    {
        header.Write(target, ServiceIds.ReadResponse);
        target.WriteInt32(values.Length);
        foreach (ref readonly DataValue value in values)
        {
            target.WriteDataValue(value);
        }
        ResponseTail.Write(target);
    }

    /// <summary>
    /// Reads as many values as were asked for into the caller's memory; another number of them is a fault. After a bad result
    /// or a fault the values mean nothing.
    /// </summary>
    public static UaFault TryRead(ReadOnlySpan<byte> message, Span<DataValue> values, out ResponseHeader header)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        header = ResponseHeader.Read(ref reader, ServiceIds.ReadResponse);
        if (header.Result.IsBad || !reader.IsGood)
        {
            return reader.Fault;
        }
        if (Math.Max(reader.ReadArrayLength(1), 0) != values.Length)
        {
            reader.Fail(UaFault.LengthInvalid);
        }
        for (int i = 0; i < values.Length && reader.IsGood; i++)
        {
            values[i] = reader.ReadDataValue();
        }
        ResponseTail.Skip(ref reader);
        return reader.End();
    }
}
