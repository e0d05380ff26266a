namespace EdgeAgent.Collector.Buffer;

/// <summary>Why batches were given up, as <see cref="Core.Model.DiscardedRange.Reason"/> says it.</summary>
public static class DiscardReasons
{
    /// <summary>The buffer's size cap was reached.</summary>
    public const string SizeCap = "size-cap";
    /// <summary>They were older than the age cap.</summary>
    public const string AgeCap = "age-cap";
    /// <summary>The disk was full and newer batches needed the space.</summary>
    public const string DiskFull = "disk-full";
    /// <summary>The stored bytes no longer have the hash that they were written with.</summary>
    public const string Damaged = "damaged";
    /// <summary>The database was damaged and set aside; the counts are of what could still be read.</summary>
    public const string DamagedDatabase = "damaged-database";
    /// <summary>A power cut took sequences that may have been published before; the numbers are not used again, and the readings
    /// are unknown here: the hub may well have them.</summary>
    public const string PowerCut = "power-cut";
    /// <summary>The buffer was put back from a backup: its numbers may have been used since, and the hub may have those batches.</summary>
    public const string RestoredBackup = "restored-backup";
}
