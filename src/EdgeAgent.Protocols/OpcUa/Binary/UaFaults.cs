namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>The status code that stands for a fault of decoding.</summary>
internal static class UaFaults
{
    public static StatusCode ToStatus(this UaFault fault) => fault switch
    {
        UaFault.None => StatusCodes.Good,
        UaFault.StringTooLong or UaFault.ByteStringTooLong or UaFault.ArrayTooLong or UaFault.NestingTooDeep => StatusCodes.BadEncodingLimitsExceeded,
        UaFault.TypeUnexpected => StatusCodes.BadUnknownResponse,
        _ => StatusCodes.BadDecodingError,
    };
}
