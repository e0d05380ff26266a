namespace EdgeAgent.Store.Ingest;

/// <summary>The hub's connection to the broker, as ingest sees it; a seam, so that ingest can be tested without one.</summary>
public interface IHubLink : IAsyncDisposable
{
    bool IsConnected { get; }

    /// <summary>Connects and subscribes, now and after every loss, until disposed. The handler is called for one message at a
    /// time; until it has finished, no more is read, and what the message holds must not be kept beyond it.</summary>
    Task StartAsync(IReadOnlyList<string> filters, HubMessageHandler handler, CancellationToken cancellation);

    /// <summary>Sends at QoS 1; waits while there is no connection. False when the broker did not take it: send again.</summary>
    ValueTask<bool> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}

/// <summary>Takes a message; its memories are valid until the returned task completes.</summary>
public delegate ValueTask HubMessageHandler(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);
