using System.Globalization;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The tables of a pack that follow from its facts.</summary>
internal static class PackTables
{
    public static byte[] Coverage(IEnumerable<DeviceResult> devices)
    {
        EvidenceCsv csv = new(
            "assetNo", "name", "workshop", "process", "digital", "networked", "grade", "coverage", "good", "expected", "unaccounted", "changed", "notCounted",
            "activeDays", "requiredDays", "observedHours", "lastGoodHour", "sources", "reasons");
        foreach (DeviceResult device in devices)
        {
            csv.Cell(device.AssetNo).Cell(device.Name).Cell(device.Workshop).Cell(device.Process).Cell(device.Digital.ToString().ToLowerInvariant())
                .Cell(device.Networked ? "yes" : "no").Cell(device.Grade.ToString().ToLowerInvariant()).Cell(device.Coverage.Share ?? "")
                .Cell(device.Good).Cell(device.Expected).Cell(device.Unaccounted).Cell(device.Changed).Cell(device.NotCounted)
                .Cell(device.ActiveDays).Cell(device.RequiredDays).Cell(device.ObservedHours)
                .Cell(device.LastGoodHour?.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture) ?? "")
                .Cell(string.Join("; ", device.Sources)).Cell(string.Join(' ', device.Reasons.Select(r => r.Text()))).EndRow();
        }

        return csv.ToBytes();
    }

    /// <summary>Which device at which address spoke for which asset, and over which hours.</summary>
    public static byte[] Bindings(IEnumerable<DeviceHour> accounts)
    {
        EvidenceCsv csv = new("agent", "device", "driver", "address", "asset", "firstHour", "lastHour", "hoursWithAccounts");
        foreach (IGrouping<SourceRow, DeviceHour> source in accounts.GroupBy(RowOf).OrderBy(g => g.Key))
        {
            int[] hours = [.. source.Select(r => r.Account.Hour).Distinct().Order()];
            csv.Cell(source.Key.Agent).Cell(source.Key.Device).Cell(source.Key.Driver).Cell(source.Key.Address).Cell(source.Key.Asset)
                .Cell(HourText(hours[0])).Cell(HourText(hours[^1])).Cell(hours.Length).EndRow();
        }

        return csv.ToBytes();
    }

    /// <summary>What is missing: sequences that were given up, and hours in which not everything that was due was good.</summary>
    public static byte[] Gaps(IEnumerable<ChainGap> gaps, IEnumerable<DeviceHour> accounts)
    {
        EvidenceCsv csv = new("kind", "agent", "device", "from", "to", "due", "good", "bad", "missed", "missedWhileDown", "detail");
        foreach (ChainGap gap in gaps)
        {
            csv.Cell("given-up").Cell(gap.Agent).Cell("").Cell(InstantText(gap.FirstTicks)).Cell(InstantText(gap.LastTicks))
                .Cell("").Cell("").Cell("").Cell("").Cell("")
                .Cell($"{gap.Incarnation:N} sequences {gap.First} to {gap.Last}: {gap.Reason}, declared in {gap.DeclaredIn}").EndRow();
        }

        foreach (IGrouping<SourceRow, DeviceHour> source in accounts.GroupBy(RowOf).OrderBy(g => g.Key))
        {
            foreach ((int from, int to, ScanAccount sum) in Stretches(source))
            {
                csv.Cell("not-good").Cell(source.Key.Agent).Cell(source.Key.Device).Cell(HourText(from)).Cell(HourText(to + 1))
                    .Cell(sum.Due).Cell(sum.Good).Cell(sum.Bad).Cell(sum.Missed).Cell(sum.MissedWhileDown).Cell(source.Key.Address).EndRow();
            }
        }

        return csv.ToBytes();
    }

    private static SourceRow RowOf(DeviceHour row) => new(row.Agent.Agent, row.Device, row.Driver, row.Address, row.Asset);

    /// <summary>Consecutive hours in which some reading that was due was not good, added up.</summary>
    private static IEnumerable<(int From, int To, ScanAccount Sum)> Stretches(IEnumerable<DeviceHour> source)
    {
        (int From, int To, ScanAccount Sum)? open = null;
        foreach (ScanAccount account in source.Select(r => r.Account).Where(a => a.Good < a.Due).OrderBy(a => a.Hour))
        {
            if (open is { } stretch && account.Hour <= stretch.To + 1)
            {
                open = (stretch.From, account.Hour, stretch.Sum.Plus(account));
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (account.Hour, account.Hour, account);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static string HourText(int hour) => ShanghaiTime.AtHour(hour).ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);

    /// <summary>An instant in local time; empty where an agent names none that a calendar has.</summary>
    internal static string InstantText(long ticks) => ticks <= 0 || ticks > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks - TimeSpan.TicksPerDay
        ? ""
        : UnixTicks.ToDateTimeOffset(ticks).ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
