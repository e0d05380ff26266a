namespace EdgeAgent.Tests.EveryDriver;

/// <summary>How a peer behaves at the moment.</summary>
public enum Mood
{
    Answers,

    /// <summary>What it sends is damaged, or no value.</summary>
    Lies,

    /// <summary>It is there and says nothing.</summary>
    Stalls,

    /// <summary>Its port, line, broker or folder is gone.</summary>
    Vanished,
}
