using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Scheduling;

/// <summary>Takes results and adds up what they say, by device.</summary>
internal sealed class RecordingSink : IScanSink
{
    private readonly Dictionary<int, ScanAccount> _totals = [];

    public bool IsFull { get; set; }

    public List<ScanResult> Results { get; } = [];

    public List<(int Tag, Quality Quality)> Readings { get; } = [];

    public HashSet<int> Hours { get; } = [];

    public ScanAccount this[int device] => _totals.TryGetValue(device, out ScanAccount total) ? total : default;

    public bool TryPost(in ScanResult result)
    {
        if (IsFull)
        {
            return false;
        }

        ScanAccount account = result.Account;
        if (result.Readings is { } readings)
        {
            int good = 0;
            foreach (Reading reading in readings.Readings)
            {
                good += reading.Quality.IsGood ? 1 : 0;
                Readings.Add((reading.TagId, reading.Quality));
            }

            account = account with { Due = readings.Count, Good = good, Bad = readings.Count - good, Buffered = readings.Count };
        }

        Assert.True(account.Balances, account.ToString());
        if (account.Due > 0)
        {
            Hours.Add(account.Hour);
        }

        _totals[account.DeviceId] = this[account.DeviceId] with { DeviceId = account.DeviceId, Hour = 0, Provenance = 0 };
        _totals[account.DeviceId] = _totals[account.DeviceId].Plus(account);
        Results.Add(result);
        return true;
    }
}
