using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>The identity token of nobody in particular (OPC 10000-4 §7.41.3).</summary>
internal static class AnonymousIdentity
{
    /// <param name="policyId">The id of the endpoint's token policy for anonymous users.</param>
    public static ExtensionObject Token(string? policyId)
    {
        var body = new UaBuffer(32);
        body.WriteString(policyId);
        return new ExtensionObject(new NodeId(ServiceIds.AnonymousIdentityToken), ExtensionEncoding.Binary, body.Written.ToArray());
    }
}
