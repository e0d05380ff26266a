namespace EdgeAgent.Collector.Scheduling;

/// <summary>Growing pauses between tries, with jitter so that many loops that failed together do not try together.</summary>
/// <param name="firstMs">The first pause.</param>
/// <param name="mostMs">No pause is longer than this.</param>
/// <param name="random">A number in [0, 1), for the jitter.</param>
internal sealed class Backoff(int firstMs, int mostMs, Func<double> random)
{
    /// <summary>Each pause is drawn from this fraction of its nominal length up to all of it.</summary>
    private const double JitterFrom = 0.75;

    private int _failures;

    public int Failures => _failures;

    public TimeSpan Next()
    {
        double nominal = Math.Min(mostMs, firstMs * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromMilliseconds(nominal * (JitterFrom + ((1 - JitterFrom) * random())));
    }

    public void Reset() => _failures = 0;
}
