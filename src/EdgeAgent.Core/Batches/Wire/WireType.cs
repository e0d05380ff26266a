namespace EdgeAgent.Core.Batches.Wire;

/// <summary>Protobuf wire types.</summary>
internal enum WireType : byte
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
