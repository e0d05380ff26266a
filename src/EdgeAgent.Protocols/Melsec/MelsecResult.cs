namespace EdgeAgent.Protocols.Melsec;

/// <summary>The end of one read.</summary>
public enum MelsecStatus : byte
{
    Ok,
    /// <summary>The controller refused; <see cref="MelsecResult.EndCode"/> says why.</summary>
    Refused,
    /// <summary>Nothing came in time. The connection was given up, so that a late answer cannot answer another request.</summary>
    Timeout,
    /// <summary>What came is no answer to the request. The connection was given up.</summary>
    BadFrame,
    /// <summary>The connection broke, or there was none.</summary>
    Disconnected,
}

/// <param name="EndCode">The controller's end code of a refused read; for 1E frames its end code above its abnormal code.</param>
public readonly record struct MelsecResult(MelsecStatus Status, ushort EndCode = 0)
{
    public bool IsOk => Status == MelsecStatus.Ok;

    /// <summary>The run does not lie in the area (C056, C059 and relatives; 56 and 57 in 1E frames): a smaller one may be taken.</summary>
    public bool IsAddressRefused => Status == MelsecStatus.Refused && EndCode is 0xC051 or 0xC052 or 0xC053 or 0xC054 or 0xC056 or 0xC058 or 0xC05B or 0xC05C or 0x4031 or 0x5600 or 0x5700 or 0x5800 or 0x5B10;
}
