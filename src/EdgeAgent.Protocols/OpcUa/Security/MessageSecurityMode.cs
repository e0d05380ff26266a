namespace EdgeAgent.Protocols.OpcUa.Security;

/// <summary>What is done to the messages of a channel; the numbers are those on the wire.</summary>
public enum MessageSecurityMode
{
    Invalid = 0,
    None = 1,
    Sign = 2,
    SignAndEncrypt = 3,
}
