namespace EdgeAgent.Protocols.Serial;

/// <summary>Asks the devices on one line. Calls wait their turn.</summary>
public interface ILineClient : IDisposable
{
    bool IsConnected { get; }

    /// <summary>Sees what is sent and received; null when nobody looks.</summary>
    IWireTrace? Trace { get; set; }

    /// <summary>How long the line was taken by requests, answers and waiting for them.</summary>
    TimeSpan Busy { get; }

    /// <exception cref="LineOpenException">The line could not be opened.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    void Disconnect();
}
