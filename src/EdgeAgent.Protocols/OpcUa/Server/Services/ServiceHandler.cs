namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Serves one request: Good when the response was written, bad for a fault in its place, null when it comes later.</summary>
internal delegate StatusCode? ServiceHandler(in ServiceCall call);
