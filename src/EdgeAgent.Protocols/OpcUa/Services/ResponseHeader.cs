using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services;

/// <summary>What every response begins with (OPC 10000-4 §7.34).</summary>
internal readonly record struct ResponseHeader(DateTime Timestamp, uint RequestHandle, StatusCode Result)
{
    public void Write(UaBuffer target, uint serviceId)
    {
        target.WriteNodeId(new NodeId(serviceId));
        target.WriteDateTime(Timestamp);
        target.WriteUInt32(RequestHandle);
        target.WriteStatusCode(Result);
        target.WriteDiagnosticInfo(null);
        target.WriteEach<string?>(null, static (b, item) => b.WriteString(item));
        target.WriteExtensionObject(null);
    }

    /// <summary>
    /// Reads the header of a response of one kind. A ServiceFault in its place gives its result, with nothing behind it to
    /// read; any other message is <see cref="UaFault.TypeUnexpected"/>. Read on only while the result is not bad.
    /// </summary>
    public static ResponseHeader Read(ref UaReader reader, uint serviceId)
    {
        NodeId type = reader.ReadNodeId();
        bool isFault = type == new NodeId(ServiceIds.ServiceFault);
        if (!isFault && type != new NodeId(serviceId))
        {
            reader.Fail(UaFault.TypeUnexpected);
        }
        DateTime timestamp = reader.ReadDateTime();
        uint handle = reader.ReadUInt32();
        StatusCode result = reader.ReadStatusCode();
        reader.ReadDiagnosticInfo();
        for (int texts = reader.ReadArrayLength(4); texts > 0; texts--)
        {
            reader.SkipString();
        }
        reader.ReadExtension(out _, out _, out _);
        // A fault that claims to be good would pass for an empty response.
        return new ResponseHeader(timestamp, handle, isFault && !result.IsBad ? StatusCodes.BadUnknownResponse : result);
    }
}
