using EdgeAgent.Tests.EveryDriver.Links;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>A device at the end of a link that answers requests, or sends by itself.</summary>
internal sealed class StreamPeer : Peer
{
    private volatile Mood _mood;

    public required Link Link { get; init; }

    /// <summary>Settings besides where the link leads, as JSON members.</summary>
    public string More { get; init; } = "";

    /// <summary>Takes a request from the front and gives its answer; empty while it is not whole.</summary>
    public Func<List<byte>, byte[]>? Answer { get; init; }

    /// <summary>What it sends by itself.</summary>
    public Func<byte[]>? Telegram { get; init; }

    /// <summary>Makes a lie of what it would have sent.</summary>
    public required Func<byte[], byte[]> Lie { get; init; }

    public override async Task StartAsync(int brokerPort)
    {
        string where = Link.Settings;
        Settings = "{" + (More.Length > 0 && where.Length > 0 ? where + "," + More : where + More) + "}";
        if (Answer is { } answer)
        {
            Link.Take = received => InMood(answer(received));
        }

        if (Telegram is { } telegram)
        {
            Link.Tell = () => InMood(telegram());
        }

        await Link.AppearAsync();
    }

    public override async Task BecomeAsync(Mood mood)
    {
        bool returns = _mood == Mood.Vanished;
        _mood = mood;
        if (mood == Mood.Vanished)
        {
            await Link.VanishAsync();
        }
        else if (returns)
        {
            await Link.AppearAsync();
        }
    }

    public override ValueTask DisposeAsync() => Link.DisposeAsync();

    private byte[] InMood(byte[] truth) => truth.Length == 0 || _mood == Mood.Stalls ? [] : _mood == Mood.Lies ? Lie(truth) : truth;
}
