namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What a client has done so far.</summary>
/// <param name="LateResponses">Responses to requests that had been given up.</param>
/// <param name="Renewals">Renewals of a channel's keys.</param>
public sealed record OpcUaClientStatistics(
    int Connections, int Sessions, long Requests, long Responses, long LateResponses, long Timeouts, long Renewals, long BytesSent, long BytesReceived);
