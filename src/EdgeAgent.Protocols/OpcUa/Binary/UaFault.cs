namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>What was wrong with bytes that claimed to be OPC UA binary.</summary>
internal enum UaFault : byte
{
    None,
    Truncated,
    TrailingBytes,
    LengthInvalid,
    StringTooLong,
    ByteStringTooLong,
    ArrayTooLong,
    NestingTooDeep,
    NodeIdEncodingInvalid,
    MaskInvalid,
    VariantTypeInvalid,
    VariantInVariant,
    DimensionsInvalid,
    ExtensionEncodingInvalid,
    TypeUnexpected,
}
