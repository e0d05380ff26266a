using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Buffer;

public sealed class AccountSumsTests
{
    [Fact]
    public void A_blob_gives_back_what_went_in_and_adds_to_what_is_there()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            var sums = new AccountSums();
            for (int i = random.Next(50); i > 0; i--)
            {
                long due = random.Next(4) == 0 ? random.NextInt64(1L << 50) : random.Next(2000);
                var key = new AccountKey(random.Next(300), random.Next(4) == 0 ? random.Next(int.MinValue, int.MaxValue) : 489_000 + random.Next(3), (Provenance)random.Next(4));
                sums.Add(key, due, random.NextInt64(random.Next(3) == 0 ? (due * 2) + 10 : due + 1));
            }

            byte[] blob = sums.ToBlob();
            var twice = new AccountSums();
            twice.Add(blob);
            twice.Add(blob);
            Assert.Equal(
                sums.Rows.Select(r => (r.Key, r.Value.Due * 2, r.Value.Readings * 2)).Order(Comparer), twice.Rows.Select(r => (r.Key, r.Value.Due, r.Value.Readings)).Order(Comparer));
            Assert.Equal(sums.Count, sums.CountWith(twice));
        }
    }

    [Fact]
    public void A_row_of_a_live_batch_takes_about_five_bytes()
    {
        var sums = new AccountSums();
        for (int device = 0; device < 100; device++)
        {
            sums.Add(new AccountKey(device, 489_000, Provenance.Live), 120, 110);
        }

        Assert.InRange(sums.ToBlob().Length, 400, 500);
    }

    [Fact]
    public void Rotten_blobs_give_no_nonsense()
    {
        var random = new Random(5);
        byte[] blob = new byte[64];
        for (int round = 0; round < 10_000; round++)
        {
            random.NextBytes(blob);
            var sums = new AccountSums();
            sums.Add(blob.AsSpan(0, random.Next(blob.Length)));
            Assert.All(sums.Rows, r => Assert.True(r.Value.Readings >= 0 && r.Value.Readings <= r.Value.Due));
        }
    }

    private static Comparer<(AccountKey Key, long, long)> Comparer { get; } =
        Comparer<(AccountKey Key, long, long)>.Create((a, b) => (a.Key.Hour, a.Key.Device, a.Key.Provenance).CompareTo((b.Key.Hour, b.Key.Device, b.Key.Provenance)));
}
