namespace EdgeAgent.Collector.Pipeline;

/// <summary>Where an endpoint's tags, devices and scan groups lie in the dense numbers of the configuration in force.</summary>
/// <remarks>Endpoints count from 0 by themselves, so a reload moves them by changing these bases and nothing else.
/// The bases belong to the pipeline: it alone reads and writes them once results flow.</remarks>
internal sealed class EndpointSlot(string name)
{
    public string Name { get; } = name;
    public int TagBase { get; set; }
    public int DeviceBase { get; set; }
    public int GroupBase { get; set; }

    /// <summary>Whether the endpoint is part of the configuration in force; results of others are not counted any more.</summary>
    public bool IsInForce { get; set; }
}
