namespace EdgeAgent.Collector.Drivers.Probe;

/// <summary>What a tag of a probe tells.</summary>
internal enum ProbeQuantity
{
    /// <summary>Whether the address answered.</summary>
    Online,
    /// <summary>Milliseconds until it did.</summary>
    RoundTrip,
}

/// <param name="Id">Number within the endpoint.</param>
internal readonly record struct ProbeTag(int Id, ProbeQuantity Quantity);
