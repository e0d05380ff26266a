using EdgeAgent.Collector.Asking;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>A server that answers in JSON.</summary>
public sealed record HttpEndpointSettings : HttpServerSettings;
