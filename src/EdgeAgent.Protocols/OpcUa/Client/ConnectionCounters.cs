namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What the connections of a client have done so far; written by one thread at a time, read by any.</summary>
internal sealed class ConnectionCounters
{
    public long Requests { get; set; }

    public long Responses { get; set; }

    /// <summary>Responses to requests that had been given up.</summary>
    public long LateResponses { get; set; }

    public long Timeouts { get; set; }

    public long Renewals { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }
}
