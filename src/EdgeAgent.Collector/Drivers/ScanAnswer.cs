namespace EdgeAgent.Collector.Drivers;

/// <summary>What a scan says about the device as a whole; the single readings carry their own qualities.</summary>
public enum ScanAnswer : byte
{
    /// <summary>The device answered, be it with errors.</summary>
    Answered,

    /// <summary>Nothing came from the device within its deadline.</summary>
    Silent,

    /// <summary>The connection was lost; every device of the endpoint has to wait for a new one.</summary>
    ConnectionLost,
}
