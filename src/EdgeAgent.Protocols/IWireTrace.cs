namespace EdgeAgent.Protocols;

/// <summary>Sees what a connection sends and receives. Called on the connection's path: copy and return.</summary>
public interface IWireTrace
{
    void Sent(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes as they came; frames may be in pieces.</summary>
    void Received(ReadOnlySpan<byte> bytes);
}
