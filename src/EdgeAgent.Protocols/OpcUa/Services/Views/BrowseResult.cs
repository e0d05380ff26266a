using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Views;

/// <summary>The references of one node, and a continuation point when there are more (OPC 10000-4 §7.6).</summary>
public sealed record BrowseResult(StatusCode Status, byte[]? ContinuationPoint, ReferenceDescription[]? References)
{
    internal const int BytesMin = 12;

    internal void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        target.WriteByteString(ContinuationPoint);
        target.WriteEach(References, static (b, reference) => reference.Write(b));
    }

    internal static BrowseResult Read(ref UaReader reader) => new(
        reader.ReadStatusCode(), reader.ReadByteString(), reader.ReadEach(ReferenceDescription.BytesMin, static (ref UaReader r) => ReferenceDescription.Read(ref r)));
}
