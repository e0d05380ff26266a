namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>A way on which bytes arrive: a connection that we make, a port on which peers dial in, or a serial line.</summary>
internal interface IInlet
{
    /// <summary>Whether it is open. A port stays open while no peer is there.</summary>
    bool IsOpen { get; }

    /// <summary>Opens it and begins to serve each stream of bytes on it.</summary>
    /// <param name="serve">Reads a stream until it ends; given the stream, a name of the peer for people, and the token that ends it.</param>
    /// <param name="lost">Called once when the line is gone, with what happened.</param>
    /// <exception cref="Drivers.EndpointConnectException">It could not be opened.</exception>
    ValueTask OpenAsync(Func<Stream, string, CancellationToken, Task> serve, Action<string> lost, CancellationToken cancellation);

    /// <summary>Closes it and waits until nothing is served any more.</summary>
    ValueTask CloseAsync();
}
