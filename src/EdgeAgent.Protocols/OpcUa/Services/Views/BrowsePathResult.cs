using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>Where one browse path leads (OPC 10000-4 §5.9.4).</summary>
internal readonly record struct BrowsePathResult(StatusCode Status, BrowsePathTarget[]? Targets)
{
    public const int BytesMin = 8;

    public void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteEach(Targets, static (b, item) => item.Write(b));
    }

    public static BrowsePathResult Read(ref UaReader reader) =>
        new(reader.ReadStatusCode(), reader.ReadEach(BrowsePathTarget.BytesMin, static (ref UaReader r) => BrowsePathTarget.Read(ref r)));
}
