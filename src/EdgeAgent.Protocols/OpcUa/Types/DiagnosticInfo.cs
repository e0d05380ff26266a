namespace EdgeAgent.Protocols.OpcUa;

/// <summary>What a vendor tells about a failure; the numbers are indexes into the string table of the response, absent when null.</summary>
public sealed record DiagnosticInfo
{
    public static readonly DiagnosticInfo Empty = new();

    public int? SymbolicId { get; init; }

    public int? NamespaceUri { get; init; }

    public int? Locale { get; init; }

    public int? LocalizedText { get; init; }

    public string? AdditionalInfo { get; init; }

    public StatusCode? InnerStatus { get; init; }

    public DiagnosticInfo? Inner { get; init; }
}
