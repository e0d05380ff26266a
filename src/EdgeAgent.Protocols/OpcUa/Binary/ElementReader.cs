namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>Reads one element of an array.</summary>
internal delegate T ElementReader<out T>(ref UaReader reader);
