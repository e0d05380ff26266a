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

    /// <summary>Readings that devices sent by themselves, in order of arrival.</summary>
    public List<(Reading Reading, bool BackFilled)> Pushed { get; } = [];

    /// <summary>The device of a tag, for pushed readings.</summary>
    public Func<int, int> DeviceOf { get; set; } = _ => 0;

    /// <summary>By device and hour, without provenance.</summary>
    public Dictionary<(int Device, int Hour), ScanAccount> ByHour { get; } = [];

    public ScanAccount this[int device] => _totals.TryGetValue(device, out ScanAccount total) ? total : default;

    public bool TryPost(in ScanResult result)
    {
        if (IsFull)
        {
            return false;
        }

        ScanAccount account = result.Account;
        if (result is { Readings: { } pushed, Pushed: { } how })
        {
            TakePushed(pushed, how, account.Hour);
            Results.Add(result);
            return true;
        }

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

        Sum(account);
        Results.Add(result);
        return true;
    }

    private void TakePushed(ReadingBatch readings, PushedReadings how, int hour)
    {
        foreach (Reading reading in readings.Readings)
        {
            Pushed.Add((reading, how.AreBackFilled));
            int device = DeviceOf(reading.TagId);
            Sum(new ScanAccount(device, hour, how.Provenances[device], 0, 0, 0, 0, 0, 0, 0, Buffered: 1, 0, Beyond: 1));
        }
    }

    private void Sum(in ScanAccount account)
    {
        _totals[account.DeviceId] = this[account.DeviceId] with { DeviceId = account.DeviceId, Hour = 0, Provenance = 0 };
        _totals[account.DeviceId] = _totals[account.DeviceId].Plus(account);
        var key = (account.DeviceId, account.Hour);
        ByHour[key] = ByHour.TryGetValue(key, out ScanAccount before) ? before.Plus(account) : account;
    }
}
