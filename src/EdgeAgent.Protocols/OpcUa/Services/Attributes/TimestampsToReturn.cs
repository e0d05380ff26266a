namespace EdgeAgent.Protocols.OpcUa.Services.Attributes;

/// <summary>Which instants come with a value; the numbers are those on the wire.</summary>
public enum TimestampsToReturn
{
    Source = 0,
    Server = 1,
    Both = 2,
    Neither = 3,
}
