namespace EdgeAgent.Collector.Drivers;

/// <summary>A connection to one or several devices, whether they are asked or send by themselves.</summary>
/// <remarks><see cref="ConnectAsync"/> and <see cref="DisconnectAsync"/> never overlap with each other, nor with a scan or a receive.</remarks>
public interface IEndpoint : IAsyncDisposable
{
    /// <summary>Whether the connection is believed to stand.</summary>
    bool IsConnected { get; }

    /// <summary>Connects, or connects again after a loss.</summary>
    /// <exception cref="EndpointConnectException">It did not succeed; the message says to what and why.</exception>
    ValueTask ConnectAsync(CancellationToken cancellation);

    /// <summary>Gives the connection up; <see cref="ConnectAsync"/> may follow.</summary>
    ValueTask DisconnectAsync();

    /// <summary>Whether the device says of itself that it is a simulator.</summary>
    bool IsSimulated(int device);

    /// <summary>What the device has said of its maker and model, by name; empty where the protocol has no such question or it was not answered.</summary>
    IReadOnlyList<KeyValuePair<string, string>> IdentityOf(int device) => [];

    /// <summary>Asks the device who it is, for commissioning: while it is connected, and nothing else is under way. May take several requests.
    /// By default what it has said by itself.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadIdentityAsync(int device, CancellationToken cancellation) => new(IdentityOf(device));
}
