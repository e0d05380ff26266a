using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>A signature and the URI of its algorithm; both null without security (OPC 10000-4 §7.38).</summary>
internal readonly record struct SignatureData(string? Algorithm, byte[]? Signature)
{
    public void Write(UaBuffer target)
    {
        target.WriteString(Algorithm);
        target.WriteByteString(Signature);
    }

    public static SignatureData Read(ref UaReader reader) => new(reader.ReadString(), reader.ReadByteString());
}
