namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>The kinds of UA-TCP messages; the value is the three letters on the wire, first letter lowest.</summary>
internal enum UaTcpMessageType : uint
{
    Hello = 'H' | 'E' << 8 | 'L' << 16,
    Acknowledge = 'A' | 'C' << 8 | 'K' << 16,
    Error = 'E' | 'R' << 8 | 'R' << 16,
    OpenSecureChannel = 'O' | 'P' << 8 | 'N' << 16,
    CloseSecureChannel = 'C' | 'L' << 8 | 'O' << 16,
    Message = 'M' | 'S' << 8 | 'G' << 16,
}
