namespace EdgeAgent.Collector.Buffer.Sqlite;

/// <summary>The seam at which a test makes any step of the database fail, as a full or dying disk would.</summary>
internal interface ISqliteFaults
{
    /// <summary>Called before every step; a result other than 0 (SQLITE_OK) makes the step fail with that code.</summary>
    int Before(string operation);
}
