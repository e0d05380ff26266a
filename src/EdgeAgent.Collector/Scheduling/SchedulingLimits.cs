namespace EdgeAgent.Collector.Scheduling;

/// <summary>The supervisor's times, in one place. Defaults suit a factory network; tests shorten nothing, they own the clock.</summary>
internal sealed record SchedulingLimits
{
    public static SchedulingLimits Default { get; } = new();

    /// <summary>Pause after the first failed connect. Half a second lets a device that restarts be found soon.</summary>
    public int ConnectBackoffFirstMs { get; init; } = 500;

    /// <summary>Longest pause between connects: a machine that is switched on is online within half a minute.</summary>
    public int ConnectBackoffMostMs { get; init; } = 30_000;

    /// <summary>Scans in a row without an answer after which a device is quarantined. One may be a lost frame.</summary>
    public int SilentScansToQuarantine { get; init; } = 2;

    /// <summary>First pause between probes of a quarantined device.</summary>
    public int ProbeBackoffFirstMs { get; init; } = 2_000;

    /// <summary>Longest pause between probes.</summary>
    public int ProbeBackoffMostMs { get; init; } = 60_000;

    /// <summary>A probe waits no shorter than this, else a slow but living device would never be found again.</summary>
    public int ProbeDeadlineLeastMs { get; init; } = 100;

    /// <summary>A probe waits no longer than this, even when the neighbours' periods would allow it.</summary>
    public int ProbeDeadlineMostMs { get; init; } = 1_000;

    /// <summary>Silent scans in a row, over all devices of an endpoint, after which the connection itself is given up:
    /// a peer that lost power never closes its connection, so "connected but silent" would last for ever.</summary>
    public int SilentScansToReconnect { get; init; } = 3;
}
