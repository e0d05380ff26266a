namespace EdgeAgent.Store.Influx;

/// <summary>One of the two parts of the store with a retention of its own: a retention policy in 1.x, a bucket in 2.x.</summary>
internal sealed record InfluxSpace(string RetentionPolicy, string BucketSuffix)
{
    /// <summary>Readings and evidence. The database's default, so that a dashboard needs to name no policy.</summary>
    public static InfluxSpace Raw { get; } = new("raw", "");

    /// <summary>Sequences, accounts, definitions and losses, kept for ever.</summary>
    public static InfluxSpace Ledger { get; } = new("ledger", "_ledger");

    public string Bucket(string name) => name + BucketSuffix;
}
