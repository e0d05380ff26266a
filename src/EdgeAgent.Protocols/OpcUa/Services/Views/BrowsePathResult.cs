using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Where one browse path leads (OPC 10000-4 §5.9.4).</summary>
public readonly record struct BrowsePathResult(StatusCode Status, BrowsePathTarget[]? Targets)
{
    internal const int BytesMin = 8;

    internal void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteEach(Targets, static (b, item) => item.Write(b));
    }

    internal static BrowsePathResult Read(ref UaReader reader) =>
        new(reader.ReadStatusCode(), reader.ReadEach(BrowsePathTarget.BytesMin, static (ref UaReader r) => BrowsePathTarget.Read(ref r)));
}
