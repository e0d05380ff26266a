namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>
/// The numbers of one direction of a channel: each one more than the one before, and starting over below 1024 shortly before
/// they are used up (OPC 10000-6 §6.7.2.4).
/// </summary>
internal struct SequenceNumbers
{
    private const uint RestartAbove = uint.MaxValue - 1024;
    private const uint RestartBelow = 1024;

    private uint _last;
    private bool _hasLast;

    /// <summary>Numbers that begin behind a given one; for tests of the restart.</summary>
    public static SequenceNumbers After(uint last) => new() { _last = last, _hasLast = true };

    /// <summary>The next number to send.</summary>
    public uint Next()
    {
        _last = _last > RestartAbove ? 1 : _last + 1;
        _hasLast = true;
        return _last;
    }

    /// <summary>Whether a received number is the one that must follow; the first may be any.</summary>
    public bool TryAccept(uint number)
    {
        if (_hasLast && number != unchecked(_last + 1) && !(_last > RestartAbove && number < RestartBelow))
        {
            return false;
        }
        _last = number;
        _hasLast = true;
        return true;
    }
}
