namespace EdgeAgent.Protocols.Melsec;

/// <summary>The two binary frames of MC protocol over TCP.</summary>
public enum MelsecFrameKind
{
    /// <summary>3E: Q, L, iQ-R, iQ-F (FX5) and Ethernet modules of today; the same as SLMP.</summary>
    E3,
    /// <summary>1E: FX3 with FX3U-ENET, and the A series.</summary>
    E1,
}
