namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>What an application is; the numbers are those on the wire.</summary>
internal enum ApplicationType
{
    Server = 0,
    Client = 1,
    ClientAndServer = 2,
    DiscoveryServer = 3,
}
