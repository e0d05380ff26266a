using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Influx;

/// <summary>What batches add up to.</summary>
internal readonly record struct LedgerSums(long Batches, long Readings, ScanAccount Accounts)
{
    public const string Columns = "\"due\", \"good\", \"bad\", \"missed\", \"missed_down\", \"filtered\", \"dropped\", \"buffered\", \"changed\", \"beyond\", \"filled\"";

    public LedgerSums Plus(in LedgerSums other) => new(
        Batches + other.Batches, Readings + other.Readings, Accounts.Plus(other.Accounts));

    public static LedgerSums Read(InfluxRow row, long batches) => new(batches, row.Int64("readings") ?? 0, ReadAccount(row, 0, default));

    public static ScanAccount ReadAccount(InfluxRow row, int hour, Provenance provenance)
    {
        long Count(string column) => row.Int64(column) ?? 0;
        return new ScanAccount(0, hour, provenance, Count("due"), Count("good"), Count("bad"), Count("missed"), Count("missed_down"),
            Count("filtered"), Count("dropped"), Count("buffered"), Count("changed"), Count("beyond"), Count("filled"));
    }
}
