namespace EdgeAgent.Protocols.OpcUa;

/// <summary>How the body of an extension object is encoded.</summary>
public enum ExtensionEncoding : byte
{
    None = 0,
    Binary = 1,
    Xml = 2,
}
