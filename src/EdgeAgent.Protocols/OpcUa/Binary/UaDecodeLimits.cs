namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>What the decoder accepts before it refuses a message.</summary>
/// <param name="StringBytesMax">The longest text.</param>
/// <param name="ByteStringBytesMax">The longest byte string and the longest body of an extension object.</param>
/// <param name="ArrayLengthMax">The longest array.</param>
/// <param name="NestingMax">How deep values may contain values; OPC 10000-6 §5.1 asks decoders to support 100.</param>
internal sealed record UaDecodeLimits(
    int StringBytesMax = 1024 * 1024,
    int ByteStringBytesMax = 16 * 1024 * 1024,
    int ArrayLengthMax = 1_000_000,
    int NestingMax = 100)
{
    public static readonly UaDecodeLimits Default = new();
}
