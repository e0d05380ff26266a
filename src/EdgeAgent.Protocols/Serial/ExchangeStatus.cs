namespace EdgeAgent.Protocols.Serial;

/// <summary>How a question on a line ended.</summary>
public enum ExchangeStatus : byte
{
    Ok,

    /// <summary>The device answered that it will not.</summary>
    Refused,

    /// <summary>Nothing came that answers the question.</summary>
    Timeout,

    /// <summary>The device answered, and its answer was damaged or did not fit.</summary>
    BadFrame,

    /// <summary>The line is down or went down.</summary>
    Disconnected,
}
