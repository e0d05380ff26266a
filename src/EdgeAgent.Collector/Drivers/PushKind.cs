namespace EdgeAgent.Collector.Drivers;

/// <summary>How the readings of one receive stand to the present.</summary>
public enum PushKind : byte
{
    /// <summary>They are news: each is the present value of its tag.</summary>
    Live,

    /// <summary>They were taken in a time that is over and could not be sent then. Each fills the missed due instant of its time,
    /// and none changes what is known of the present. Within a tag they come in the order of their source times.</summary>
    BackFilled,

    /// <summary>As <see cref="BackFilled"/>, and the source says that it left out no change: a value fills every missed instant up to the next.</summary>
    BackFilledWithoutGaps,

    /// <summary>The connection was lost. Readings that came before are live.</summary>
    ConnectionLost,
}
