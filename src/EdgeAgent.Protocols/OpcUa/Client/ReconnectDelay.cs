namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>The growing, partly random delay between attempts, so that a thousand gateways do not return in one second.</summary>
internal sealed class ReconnectDelay(int minMs, int maxMs, Func<double> random)
{
    // Beyond this many doublings every sensible maximum is reached.
    private const int LevelMax = 20;

    private int _level;

    public void Reset() => _level = 0;

    /// <summary>Half of the step is fixed, half is random.</summary>
    public TimeSpan Next()
    {
        double step = Math.Min(maxMs, minMs * Math.Pow(2, _level));
        _level = Math.Min(_level + 1, LevelMax);
        return TimeSpan.FromMilliseconds(step / 2 + step / 2 * random());
    }
}
