namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What is asked once a session.</summary>
internal sealed record SessionFacts(IReadOnlyList<string?> Namespaces, OpcUaOperationLimits Limits)
{
    public static readonly SessionFacts None = new([], OpcUaOperationLimits.None);
}
