using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

/// <summary>A disk that is full is a state to live through, not a crash.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task At_the_page_limit_the_oldest_make_room_for_the_newest()
    {
        await using var f = new BufferFixture(o => o with { PageCountMax = 200 });
        int appended = 0;
        for (int i = 0; i < 500; i++)
        {
            appended += f.Append(8000, declared: f.Buffer.TakeDiscarded()) == AppendStatus.Appended ? 1 : 0;
        }

        Assert.Equal(500, appended);
        List<long> held = f.ReadAll();
        Assert.Equal(500, held[^1]);
        Assert.True(held.Count >= 50, $"only {held.Count} held");
        Assert.True(f.Buffer.ReadStatistics().Balances);
    }

    [TmpfsFact]
    public async Task A_full_disk_costs_the_oldest_counted_and_recovers_by_itself()
    {
        using var disk = new Tmpfs(16 << 20);
        foreach (BufferDurability durability in (BufferDurability[])[BufferDurability.Normal, BufferDurability.Full])
        {
            await using var f = new BufferFixture(o => o with { Directory = Path.Combine(disk.Path, durability.ToString()), Durability = durability });
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(AppendStatus.Appended, f.Append(8000));
            }

            disk.FillUp(leaveBytes: 0);
            var outcome = new List<AppendStatus>();
            for (int i = 0; i < 1000; i++)
            {
                outcome.Add(f.Append(8000, declared: f.Buffer.TakeDiscarded()));
            }

            List<long> held = f.ReadAll();
            long discarded = f.Buffer.ReadStatistics().DiscardedReadings;
            Assert.True(f.Buffer.ReadStatistics().Balances);
            Assert.True(outcome.Count(o => o == AppendStatus.Appended) > 950, $"{outcome.Count(o => o == AppendStatus.Full)} of 1000 refused");
            Assert.True(discarded > 0);
            Assert.Equal(held.Count, held[^1] - held[0] + 1);

            // Deletes work on a full disk too.
            await f.AcknowledgeAsync(held[^1]);
            Assert.Empty(f.ReadAll());

            disk.Free();
            f.Time.Advance(TimeSpan.FromSeconds(2));
            await f.Buffer.FlushAsync();
            Assert.Equal(AppendStatus.Appended, f.Append(8000));
            Assert.False(f.Buffer.ReadStatistics().IsFull);
            Assert.Equal(f.Options.ReserveSizeBytes, new FileInfo(Path.Combine(f.Options.Directory, "buffer.reserve")).Length);
            Assert.Equal(discarded, f.Buffer.ReadStatistics().DiscardedReadings);
        }
    }

    [TmpfsFact]
    public async Task A_disk_that_is_full_from_the_start_refuses_and_recovers()
    {
        using var disk = new Tmpfs(4 << 20);
        await using var f = new BufferFixture(o => o with { Directory = Path.Combine(disk.Path, "buffer"), ReserveSizeBytes = 0 });
        disk.FillUp(leaveBytes: 0);

        AppendStatus status = AppendStatus.Appended;
        for (int i = 0; i < 20 && status == AppendStatus.Appended; i++)
        {
            status = f.Append(100_000);
        }

        Assert.Equal(AppendStatus.Full, status);
        Assert.True(f.Buffer.ReadStatistics().IsFull);
        disk.Free();
        Assert.Equal(AppendStatus.Appended, f.Append(100_000));
        Assert.Equal(f.ReadAll().Count, f.Buffer.ReadStatistics().PendingBatches);
    }
}
