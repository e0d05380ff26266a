namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The growing, partly random delay between attempts, so that a thousand gateways do not return in one second.</summary>
internal sealed class Backoff(int minMs, int maxMs, Func<double> random)
{
    // A broker that throws us out for another client is not asked again within the first few steps.
    private const int PenaltyLevel = 4;

    private int _level;

    public void Reset() => _level = 0;

    /// <summary>Skips the short delays.</summary>
    public void Penalize() => _level = Math.Max(_level, PenaltyLevel);

    /// <summary>Half of the step is fixed, half is random.</summary>
    public TimeSpan Next()
    {
        double step = Math.Min(maxMs, minMs * Math.Pow(2, Math.Min(_level, 30)));
        _level++;
        return TimeSpan.FromMilliseconds(step / 2 + step / 2 * random());
    }
}
