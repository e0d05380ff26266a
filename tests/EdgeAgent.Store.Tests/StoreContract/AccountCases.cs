using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>Scan accounts add up per device, hour and provenance, exactly once.</summary>
internal static class AccountCases
{
    private static ScanAccount Account(int device, int hour, Provenance provenance, long scale) =>
        new(device, hour, provenance, 60 * scale, 30 * scale, 20 * scale, 10 * scale, 4 * scale, 15 * scale, 5 * scale, 39 * scale, 7 * scale, 9 * scale, 3 * scale);

    public static async Task Accounts_sum_per_device_hour_and_provenance(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextAccounts(
            Account(0, TestAgent.Hour, Provenance.Live, 1), Account(1, TestAgent.Hour, Provenance.Simulated, 1), Account(0, TestAgent.Hour + 1, Provenance.Live, 2));
        StoredBatch second = agent.NextAccounts(Account(0, TestAgent.Hour, Provenance.Live, 3), Account(0, TestAgent.Hour, Provenance.Replayed, 1));
        await context.AppendAsync(first);
        await context.AppendAsync(second, first);
        await context.SettleAsync();
        IReadOnlyList<DeviceHour> hours = await context.Store.ReadDeviceHoursAsync(agent.Key.Site, TestAgent.Hour, TestAgent.Hour + 1, default);
        Assert.Equal(3, hours.Count);
        DeviceHour live = Assert.Single(hours, h => h.Device == "press 01, left" && h.Account.Provenance == Provenance.Live);
        Assert.Equal(Account(0, TestAgent.Hour, Provenance.Live, 4), live.Account with { DeviceId = 0 });
        Assert.Equal((agent.Key, "A-001", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1"), (live.Agent, live.Asset, live.Driver, live.Address));
        DeviceHour oven = Assert.Single(hours, h => h.Account.Provenance == Provenance.Simulated);
        Assert.Equal(("烘箱", "", 60), (oven.Device, oven.Asset, oven.Account.Due));
        Assert.Single(hours, h => h.Account.Provenance == Provenance.Replayed);
        DeviceHour next = Assert.Single(await context.Store.ReadDeviceHoursAsync(null, TestAgent.Hour + 1, TestAgent.Hour + 100, default));
        Assert.Equal(120, next.Account.Due);
        Assert.Empty(await context.Store.ReadDeviceHoursAsync("elsewhere", TestAgent.Hour, TestAgent.Hour + 1, default));
        Assert.Empty(await context.Store.ReadDeviceHoursAsync(null, TestAgent.Hour - 5, TestAgent.Hour, default));
    }

    public static async Task Totals_are_the_sum_of_all_accounts(ContractContext context)
    {
        using var agent = new TestAgent();
        using var other = new TestAgent("plant 2");
        await context.AppendAsync(agent.NextAccounts(Account(0, TestAgent.Hour, Provenance.Live, 1), Account(1, TestAgent.Hour + 9, Provenance.Live, 1)));
        await context.AppendAsync(other.NextAccounts(Account(0, TestAgent.Hour, Provenance.Live, 5)));
        await context.ReopenAsync();
        StoreTotals totals = await context.Store.ReadTotalsAsync(agent.Key, default);
        Assert.Equal(Account(0, 0, Provenance.Live, 2), totals.Accounts with { DeviceId = 0, Hour = 0 });
        Assert.True(totals.Accounts.Balances);
        Assert.Equal(420, (await context.Store.ReadTotalsAsync(null, default)).Accounts.Due);
        Assert.Equal(0, (await context.Store.ReadTotalsAsync(new AgentKey("plant 1", "nobody"), default)).Batches);
    }

    public static async Task A_device_that_moves_to_another_address_is_told_apart(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.NextAccounts(Account(0, TestAgent.Hour, Provenance.Live, 1)));
        agent.Reincarnate();
        agent.Definition = TestPlant.WithAddress("modbus-tcp://10.0.0.6:502/1");
        await context.AppendAsync(agent.NextAccounts(Account(0, TestAgent.Hour, Provenance.Live, 1)));
        IReadOnlyList<DeviceHour> hours = await context.Store.ReadDeviceHoursAsync(null, TestAgent.Hour, TestAgent.Hour + 1, default);
        Assert.Equal(["modbus-tcp://10.0.0.5:502/1", "modbus-tcp://10.0.0.6:502/1"], hours.Select(h => h.Address).Order());
        Assert.All(hours, h => Assert.Equal(60, h.Account.Due));
    }
}
