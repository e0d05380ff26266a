using EdgeAgent.Collector.Buffer;
using EdgeAgent.Commands.Demo;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Tests.Commands.Demo;

public sealed class DemoBooksTests
{
    private static readonly ScanAccount Accounts = new(0, 0, Provenance.Simulated, Due: 100, Good: 80, Bad: 10, Missed: 10, 0, Filtered: 30, Dropped: 0, Buffered: 60, 50);
    private static readonly BufferStatistics Buffer = new(0, PendingReadings: 0, 0, 60, AcknowledgedReadings: 60, DiscardedReadings: 0, 0, null, 0, false);
    private static readonly StoreTotals Totals = new(5, Readings: 60, DuplicateBatches: 1, DiscardedReadings: 0, Accounts);

    [Fact]
    public void Books_that_agree_balance() => Assert.True(DemoBooks.Balances(Accounts, Buffer, Totals));

    [Fact]
    public void A_reading_missing_in_the_store_is_noticed() =>
        Assert.False(DemoBooks.Balances(Accounts, Buffer, Totals with { Readings = 59 }));

    [Fact]
    public void A_reading_stored_twice_is_noticed() =>
        Assert.False(DemoBooks.Balances(Accounts, Buffer, Totals with { Readings = 61 }));

    [Fact]
    public void A_scan_that_nobody_accounts_for_is_noticed() =>
        Assert.False(DemoBooks.Balances(Accounts with { Due = 101 }, Buffer, Totals));

    [Fact]
    public void A_discard_that_was_never_declared_is_noticed() =>
        Assert.False(DemoBooks.Balances(
            Accounts with { Filtered = 40, Buffered = 50 }, Buffer with { AcknowledgedReadings = 50, DiscardedReadings = 10 }, Totals with { Readings = 50 }));

    [Fact]
    public void A_batch_that_was_stored_and_given_up_before_it_was_acknowledged_balances() =>
        Assert.True(DemoBooks.Balances(Accounts, Buffer with { AcknowledgedReadings = 50, DiscardedReadings = 10 }, Totals));
}
