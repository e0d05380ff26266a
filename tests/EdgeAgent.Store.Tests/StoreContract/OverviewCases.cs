using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>What an assessment asks about many hours, series and batches at once.</summary>
internal static class OverviewCases
{
    private static ScanAccount Account(int device, int hour) => new(device, hour, Provenance.Live, 60, 30, 20, 10, 4, 15, 5, 30, 7);

    public static async Task Visiting_gives_what_reading_gives(ContractContext context)
    {
        using var agent = new TestAgent();
        using var other = new TestAgent("plant 2");
        await context.AppendAsync(agent.NextAccounts([.. Enumerable.Range(0, 60).Select(i => Account(i % 2, TestAgent.Hour + (i / 2)))]));
        await context.AppendAsync(other.NextAccounts(Account(0, TestAgent.Hour)));
        await context.SettleAsync();
        foreach (string? site in new[] { null, agent.Key.Site, "elsewhere" })
        {
            var visited = new List<DeviceHour>();
            var sources = new HashSet<DeviceSource>(ReferenceEqualityComparer.Instance);
            await context.Store.VisitDeviceHoursAsync(
                site, TestAgent.Hour, TestAgent.Hour + 28,
                (DeviceSource s, in ScanAccount account) =>
                {
                    sources.Add(s);
                    visited.Add(new DeviceHour(s.Agent, s.Device, s.Asset, s.Driver, s.Address, account));
                },
                default);
            IReadOnlyList<DeviceHour> read = await context.Store.ReadDeviceHoursAsync(site, TestAgent.Hour, TestAgent.Hour + 28, default);
            Assert.Equal(read.ToHashSet(), visited.ToHashSet());
            Assert.Equal(read.Count, visited.Count);
            Assert.Equal(visited.Select(v => v.Account.Hour).Order(), visited.Select(v => v.Account.Hour));
            Assert.Equal(read.Select(r => (r.Agent, r.Device)).Distinct().Count(), sources.Count);
        }
    }

    public static async Task An_hour_has_a_new_version_when_an_account_of_it_changed(ContractContext context)
    {
        using var agent = new TestAgent();
        int hour = TestAgent.Hour;
        await context.AppendAsync(agent.NextAccounts(Account(0, hour), Account(0, hour + 1)));
        Dictionary<int, long> first = await VersionsAsync(context);
        Assert.Equal([hour, hour + 1], first.Keys.Order());
        await context.ReopenAsync();
        Assert.Equal(first, await VersionsAsync(context));
        StoredBatch late = agent.NextAccounts(Account(1, hour));
        await context.AppendAsync(late);
        Dictionary<int, long> second = await VersionsAsync(context);
        Assert.NotEqual(first[hour], second[hour]);
        Assert.Equal(first[hour + 1], second[hour + 1]);
        await context.AppendAsync(late);
        Assert.Equal(second, await VersionsAsync(context));
    }

    public static async Task A_declared_loss_changes_the_versions_of_its_hours(ContractContext context)
    {
        using var agent = new TestAgent();
        int hour = TestAgent.Hour;
        await context.AppendAsync(agent.NextAccounts(Account(0, hour)));
        Dictionary<int, long> before = await VersionsAsync(context);
        StoredBatch lost = agent.NextAccounts(Account(0, hour), Account(0, hour + 2));
        StoredBatch declaring = agent.Next(new ReadingBatch(), [TestAgent.Discard(lost)]);
        await context.AppendAsync(declaring);
        Dictionary<int, long> declared = await VersionsAsync(context);
        Assert.Equal([hour, hour + 2], declared.Keys.Order());
        Assert.NotEqual(before[hour], declared[hour]);
        await context.AppendAsync(lost);
        Dictionary<int, long> after = await VersionsAsync(context);
        Assert.NotEqual(declared[hour], after[hour]);
        Assert.NotEqual(declared[hour + 2], after[hour + 2]);
    }

    public static async Task Series_hours_are_the_sums_of_good_numbers(ContractContext context)
    {
        using var agent = new TestAgent();
        for (int part = 0; part < 3; part++)
        {
            await context.AppendAsync(agent.NextRamp(TestAgent.At(part * 2400), 2400));
            if (part < 2)
            {
                await context.SettleAsync();
            }
        }

        await context.AppendAsync(agent.Next(
            Reading.Failed(TestPlant.Speed, Quality.BadTimeout, TestAgent.At(7300)),
            Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(10), -5),
            Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(20), 15),
            Reading.Int64(TestPlant.Count, Quality.UncertainEngineeringUnitsExceeded, TestAgent.At(30), 99),
            Reading.Boolean(TestPlant.Running, Quality.Good, TestAgent.At(0), true)));
        IReadOnlyList<SeriesHour> hours = await context.Store.ReadSeriesHoursAsync(agent.Key.Site, TestAgent.Hour, TestAgent.Hour + 5, default);
        Assert.Equal(
            [new SeriesHour(agent.Series(TestPlant.Count), TestAgent.Hour, 2, -5, 15, 10),
             new SeriesHour(agent.Series(TestPlant.Speed), TestAgent.Hour, 3600, 0, 2399, Ramp(2400) + Ramp(1200)),
             new SeriesHour(agent.Series(TestPlant.Speed), TestAgent.Hour + 1, 3600, 0, 2399, Ramp(2400) - Ramp(1200) + Ramp(2400))],
            hours.OrderBy(h => h.Series.Tag, StringComparer.Ordinal).ThenBy(h => h.Hour));
        Assert.Empty(await context.Store.ReadSeriesHoursAsync("elsewhere", TestAgent.Hour, TestAgent.Hour + 5, default));
        Assert.Equal(2, (await context.Store.ReadSeriesHoursAsync(null, TestAgent.Hour, TestAgent.Hour + 1, default)).Count);
    }

    public static async Task Devices_are_known_from_their_definition_on(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.NextAccounts(Account(0, TestAgent.Hour)));
        agent.Reincarnate();
        agent.Definition = TestPlant.WithAddress("modbus-tcp://10.0.0.6:502/1");
        await context.AppendAsync(agent.NextAccounts(Account(0, TestAgent.Hour)));
        Assert.Equal(
            ["modbus-tcp://10.0.0.5:502/1", "modbus-tcp://10.0.0.6:502/1", "opc-ua://oven"],
            (await context.Store.ListDevicesAsync(agent.Key.Site, default)).Select(d => d.Address).Order());
        Assert.Contains(new DeviceSource(agent.Key, "烘箱", "", "opc-ua", "opc-ua://oven"), await context.Store.ListDevicesAsync(null, default));
        Assert.Empty(await context.Store.ListDevicesAsync("elsewhere", default));
    }

    public static async Task Batch_times_are_samples_of_a_chain(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch[] batches = [.. Enumerable.Range(0, 20).Select(i => agent.NextRamp(TestAgent.At(i * 10), 1))];
        await context.AppendAsync([.. batches.Where(b => b.Sequence is not 10)]);
        IReadOnlyList<BatchTimes> all = await context.Store.ReadBatchTimesAsync(agent.Key, agent.Incarnation, 1, 20, 100, default);
        Assert.Equal(batches.Where(b => b.Sequence is not 10).Select(b => (b.Sequence, b.CreatedTicks)), all.Select(t => (t.Sequence, t.CreatedTicks)));
        Assert.All(all, t => Assert.InRange(t.StoredTicks - all[0].StoredTicks, 0, UnixTicks.PerSecond));
        Assert.All(all, t => Assert.True(t.StoredTicks > TestAgent.HourTicks));
        IReadOnlyList<BatchTimes> some = await context.Store.ReadBatchTimesAsync(agent.Key, agent.Incarnation, 1, 20, 5, default);
        Assert.Equal([1, 5, 11, 15, 20], some.Select(t => t.Sequence));
        Assert.Empty(await context.Store.ReadBatchTimesAsync(agent.Key, Guid.NewGuid(), 1, 20, 5, default));
    }

    /// <summary>The sum of 0, 1, …, n - 1.</summary>
    private static double Ramp(int n) => n * (n - 1) / 2.0;

    private static async Task<Dictionary<int, long>> VersionsAsync(ContractContext context) =>
        (await context.Store.ReadHourVersionsAsync(TestAgent.Hour - 10, TestAgent.Hour + 10, default)).ToDictionary(v => v.Hour, v => v.Version);
}
