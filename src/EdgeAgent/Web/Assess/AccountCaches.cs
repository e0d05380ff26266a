using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Assess;

/// <summary>The hourly accounts that assessments and the roll-up share, so that the hub reads each changed hour once for both.</summary>
internal sealed class AccountCaches(ITimeSeriesStore store) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<bool, AccountCache> _caches = [];

    /// <param name="allowSimulated">Whether simulated readings count, which only a demonstration's rules allow.</param>
    public AccountCache For(bool allowSimulated)
    {
        lock (_gate)
        {
            return _caches.TryGetValue(allowSimulated, out AccountCache? cache) ? cache : _caches[allowSimulated] = new AccountCache(store, allowSimulated);
        }
    }

    public void Dispose()
    {
        foreach (AccountCache cache in _caches.Values)
        {
            cache.Dispose();
        }
    }
}
