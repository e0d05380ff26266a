using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Subscriptions;

/// <summary>Whether a subscription was taken over, and which of its messages can be had again (OPC 10000-4 §5.14.7).</summary>
internal readonly record struct TransferResult(StatusCode Status, uint[] AvailableSequenceNumbers)
{
    public const int BytesMin = 8;

    public void Write(UaBuffer target)
    {
        target.WriteStatusCode(Status);
        NumberList.Write(target, AvailableSequenceNumbers);
    }

    public static TransferResult Read(ref UaReader reader) => new(reader.ReadStatusCode(), NumberList.Read(ref reader).ToArray());
}
