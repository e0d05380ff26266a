namespace EdgeAgent.Collector.Asking;

/// <summary>The ways in which asking a server can end.</summary>
internal enum HttpAnswerKind : byte
{
    /// <summary>Success, and the whole body is there.</summary>
    Ok,

    /// <summary>A status other than success.</summary>
    Refused,

    /// <summary>Not all of the answer came in time.</summary>
    Silent,

    /// <summary>No connection, or no TLS on it.</summary>
    Unreachable,

    /// <summary>What came is no HTTP, or broke off.</summary>
    Broken,

    /// <summary>The body is longer than permitted.</summary>
    TooLong,
}
