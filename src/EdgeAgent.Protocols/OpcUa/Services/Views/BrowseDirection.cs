namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Which references to follow; the numbers are those on the wire.</summary>
public enum BrowseDirection
{
    Forward = 0,
    Inverse = 1,
    Both = 2,
}
