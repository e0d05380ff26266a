namespace EdgeAgent.Protocols.S7;

/// <summary>How to reach a controller over ISO-on-TCP (RFC 1006).</summary>
public sealed record S7ClientOptions
{
    public required string Host { get; init; }

    public int Port { get; init; } = 102;

    /// <summary>Local transport selector (TSAP).</summary>
    public ushort LocalTsap { get; init; } = 0x0100;

    /// <summary>The controller's transport selector, see <see cref="TsapOf"/>.</summary>
    public ushort RemoteTsap { get; init; } = TsapOf(S7ConnectionType.Operator, 0, 1);

    /// <summary>Bytes of a message that are asked for; the controller answers with what it can (240 on an S7-300 and 1200, 480 to 960 on others).</summary>
    public int PduBytes { get; init; } = 960;

    public int ConnectTimeoutMs { get; init; } = 3000;

    public int ResponseTimeoutMs { get; init; } = 2000;

    /// <summary>The selector of a module in a rack.</summary>
    public static ushort TsapOf(S7ConnectionType type, int rack, int slot) => (ushort)(((int)type << 8) | (rack * 32) | slot);
}

/// <summary>Which of its connections the controller spends on us.</summary>
public enum S7ConnectionType : byte
{
    Programmer = 1,
    Operator = 2,
    Basic = 3,
}
