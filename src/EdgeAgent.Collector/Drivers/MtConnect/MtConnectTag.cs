using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>One tag, compiled.</summary>
/// <param name="Id">Number within the endpoint.</param>
internal sealed record MtConnectTag(int Id, string Name, ValueKind Kind, MtConnectAddress Address);
