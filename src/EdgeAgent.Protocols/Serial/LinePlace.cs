namespace EdgeAgent.Protocols.Serial;

/// <summary>Where a line is to be found: a serial port of this machine, or a serial server that passes bytes through.</summary>
public abstract record LinePlace
{
    private protected LinePlace()
    {
    }
}

/// <summary>A serial port of this machine.</summary>
/// <param name="Port">Its path; one below <c>/dev/serial/by-id</c> still means the same adapter when it was plugged elsewhere.</param>
public sealed record SerialPlace(string Port, SerialSettings Settings) : LinePlace
{
    public override string ToString() => $"{Port} ({Settings})";
}

/// <summary>A serial server, or a device that speaks its serial protocol over TCP.</summary>
public sealed record TcpPlace(string Host, int Port, int ConnectTimeoutMs = 3000) : LinePlace
{
    public override string ToString() => $"{Host}:{Port}";
}
