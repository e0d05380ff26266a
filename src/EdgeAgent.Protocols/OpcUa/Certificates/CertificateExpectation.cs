namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>What a server's certificate must fit.</summary>
/// <param name="Host">The host that the user named.</param>
/// <param name="ApplicationUri">Who the server says it is; null when it does not.</param>
/// <param name="ClockSkew">How far the clocks of both machines may be apart.</param>
public sealed record CertificateExpectation(string Host, string? ApplicationUri, TimeSpan ClockSkew);
