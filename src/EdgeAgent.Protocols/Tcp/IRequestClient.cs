namespace EdgeAgent.Protocols.Tcp;

/// <summary>A connection over which one request goes at a time.</summary>
public interface IRequestClient : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Sees what is sent and received; null when nobody looks.</summary>
    IWireTrace? Trace { get; set; }

    /// <summary>Connects; may be called again after a loss.</summary>
    /// <exception cref="RequestConnectException">It did not succeed.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    void Disconnect();
}

/// <summary>A device could not be reached. The message says at which step and what to check.</summary>
public sealed class RequestConnectException(string message, Exception? inner = null) : Exception(message, inner);
