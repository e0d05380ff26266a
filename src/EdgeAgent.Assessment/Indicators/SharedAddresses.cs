using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R3(a): one physical address proves one asset. Finds the assets that are bound to the same address at the same time.</summary>
/// <remarks>An address is one machine within its agent: two gateways may both have a 192.168.1.10 of their own. Two assets
/// that follow each other on an address (a machine was re-bound) share nothing; as accounts are kept by the hour, one common hour
/// at the turn is not sharing when the one asset was there before it or the other is there after it.</remarks>
internal static class SharedAddresses
{
    /// <summary>The assets that share an address, each with the address.</summary>
    /// <param name="running">Tells the machines behind one controller apart (rule R9).</param>
    public static IReadOnlyDictionary<string, string> Find(ObservationSet set, RunningSignals running)
    {
        Dictionary<string, string> shared = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<(AgentKey Agent, string Address), KeyValuePair<SourceKey, HourSeries>> sources in set.Sources
            .Where(source => source.Key.Asset.Length > 0 && source.Key.Address.Length > 0)
            .GroupBy(source => (source.Key.Agent, source.Key.Address)))
        {
            KeyValuePair<SourceKey, HourSeries>[] all = [.. sources];
            if (all.Length < 2 || running.AreDistinct([.. all.Select(s => s.Key)]))
            {
                continue;
            }

            for (int i = 0; i < all.Length; i++)
            {
                for (int k = i + 1; k < all.Length; k++)
                {
                    if (!string.Equals(all[i].Key.Asset, all[k].Key.Asset, StringComparison.OrdinalIgnoreCase)
                        && AtOnce(all[i].Value, all[k].Value, set.Window))
                    {
                        shared[all[i].Key.Asset] = sources.Key.Address;
                        shared[all[k].Key.Asset] = sources.Key.Address;
                    }
                }
            }
        }

        return shared;
    }

    private static bool AtOnce(HourSeries a, HourSeries b, ObservationWindow window)
    {
        int common = 0;
        int last = 0;
        for (int hour = window.FromHour; hour < window.ToHour; hour++)
        {
            if (a.Has(hour) && b.Has(hour))
            {
                common++;
                last = hour;
            }
        }

        return common > 1 || (common == 1 && !IsTurn(a, b, last) && !IsTurn(b, a, last));
    }

    /// <summary>Whether <paramref name="before"/> gave way to <paramref name="after"/> within the hour.</summary>
    private static bool IsTurn(HourSeries before, HourSeries after, int hour) =>
        !before.Has(hour + 1) && !after.Has(hour - 1) && (before.Has(hour - 1) || after.Has(hour + 1));
}
