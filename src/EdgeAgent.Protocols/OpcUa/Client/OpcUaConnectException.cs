namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>No usable session came about; the message says with which server, at which step, why, and what to try.</summary>
public sealed class OpcUaConnectException : Exception
{
    public OpcUaConnectException(string message, StatusCode status, Exception? inner = null)
        : base(message, inner) => Status = status;

    /// <summary>The server's status, or the one that stands for what was wrong.</summary>
    public StatusCode Status { get; }
}
