using EdgeAgent.Core.Model;

namespace EdgeAgent.Tests.EveryDriver;

/// <summary>The other side of one driver, with one device and one tag, whose mood the test sets.</summary>
internal abstract class Peer : IAsyncDisposable
{
    /// <summary>Name of the row, of the endpoint and of the device.</summary>
    public required string Name { get; init; }

    public required string Driver { get; init; }

    /// <summary>Settings of the endpoint, as JSON.</summary>
    public string Settings { get; protected set; } = "{}";

    /// <summary>Settings of the device, as JSON.</summary>
    public string Device { get; init; } = "{}";

    /// <summary>Members of the tag besides its name, as JSON.</summary>
    public required string Tag { get; init; }

    /// <summary>The only value that the device ever has; null when it changes.</summary>
    public double? Value { get; init; }

    /// <summary>Qualities of which one must reach the store when it lies. Good for a driver that takes nothing in that could be a lie.</summary>
    public Quality[] OnLies { get; init; } = [Quality.BadDecodingError];

    public Quality[] OnStall { get; init; } = [Quality.BadTimeout];

    public Quality[] OnVanish { get; init; } = [Quality.BadNotConnected];

    public Quality[] Expected(Mood mood) => mood switch { Mood.Lies => OnLies, Mood.Stalls => OnStall, Mood.Vanished => OnVanish, _ => [Quality.Good] };

    /// <summary>Brings it up before the agent starts.</summary>
    /// <param name="brokerPort">The plant's own broker.</param>
    public abstract Task StartAsync(int brokerPort);

    public abstract Task BecomeAsync(Mood mood);

    public abstract ValueTask DisposeAsync();
}
