namespace EdgeAgent.Core.Batches;

/// <summary>Numbers of the batch format; see FORMAT.md and reading_batch.proto beside this file.</summary>
public static class BatchFormat
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 1;

    public const int HashBytes = 32;
    public const int SignatureBytes = 64;

    /// <summary>Readings that one batch may hold; readers refuse more by default.</summary>
    public const int ReadingsMax = 262_144;
}
