using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>One tag, compiled.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Request">Number of the request within the device.</param>
internal sealed record HttpTag(int Id, string Name, ValueKind Kind, int Request, JsonPath Path);
