namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>Which fields of a diagnostic info are on the wire (OPC 10000-6 §5.2.2.12).</summary>
[Flags]
internal enum DiagnosticMask : byte
{
    None = 0,
    SymbolicId = 1,
    NamespaceUri = 2,
    LocalizedText = 4,
    Locale = 8,
    AdditionalInfo = 16,
    InnerStatus = 32,
    Inner = 64,
    All = 127,
}
