namespace EdgeAgent.Protocols.S7;

/// <summary>The end of one read as a whole.</summary>
public enum S7ReadStatus : byte
{
    /// <summary>The controller answered; each item has a status of its own.</summary>
    Ok,
    /// <summary>The controller refused the job; <see cref="S7ReadResult.Error"/> says why.</summary>
    Refused,
    /// <summary>Nothing came in time. The connection was given up, so that a late answer cannot answer another request.</summary>
    Timeout,
    /// <summary>What came is no answer to the request. The connection was given up.</summary>
    BadFrame,
    /// <summary>The connection broke, or there was none.</summary>
    Disconnected,
}

/// <param name="Error">Error class and code of a refused job, otherwise 0.</param>
public readonly record struct S7ReadResult(S7ReadStatus Status, ushort Error = 0)
{
    public bool IsOk => Status == S7ReadStatus.Ok;

    /// <summary>PUT/GET communication is switched off in the controller (S7-1200 and 1500), or it is protected.</summary>
    public bool IsAccessRefused => Error is 0x8104 or 0xD241;
}
