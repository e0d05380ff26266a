using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>One request of a device, compiled.</summary>
/// <param name="Time">Where its answer says of what time it is, or null.</param>
/// <param name="Encoding">Of the answer; null for UTF-8.</param>
internal sealed record HttpRequest(HttpRequestSettings Settings, HttpQuestion Question, JsonPath? Time, Encoding? Encoding);
