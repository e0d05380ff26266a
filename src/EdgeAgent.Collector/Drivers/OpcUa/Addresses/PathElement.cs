namespace EdgeAgent.Collector.Drivers.OpcUa.Addresses;

/// <summary>A step of a browse path: a browse name, in a namespace that is given by its number or by its URI.</summary>
internal readonly record struct PathElement(ushort NamespaceIndex, string? NamespaceUri, string Name);
