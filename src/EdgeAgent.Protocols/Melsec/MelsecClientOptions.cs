namespace EdgeAgent.Protocols.Melsec;

/// <summary>How to reach a controller by MC protocol over TCP.</summary>
public sealed record MelsecClientOptions
{
    public required string Host { get; init; }

    /// <summary>The port that the controller's Ethernet settings open for MC protocol.</summary>
    public required int Port { get; init; }

    public MelsecFrameKind Frame { get; init; } = MelsecFrameKind.E3;

    /// <summary>Network number; 0 is the own network.</summary>
    public byte Network { get; init; }

    /// <summary>PC number; FF is the connected station.</summary>
    public byte Pc { get; init; } = 0xFF;

    /// <summary>Module I/O number; 03FF is the connected CPU.</summary>
    public ushort ModuleIo { get; init; } = 0x03FF;

    /// <summary>Station number behind a multidrop module.</summary>
    public byte Station { get; init; }

    public int ConnectTimeoutMs { get; init; } = 3000;

    public int ResponseTimeoutMs { get; init; } = 2000;
}
