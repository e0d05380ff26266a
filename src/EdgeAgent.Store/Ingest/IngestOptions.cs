using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Store.Ingest;

/// <summary>Settings of ingest. The limits bound its memory: about the queue, plus twice a group at 32 bytes a reading.</summary>
public sealed record IngestOptions
{
    /// <summary>Name of the group in which several hubs share the batches, or null to receive all.</summary>
    public string? SharedGroup { get; init; }

    /// <summary>One-time enrolment tokens.</summary>
    public IReadOnlyList<string> EnrolmentTokens { get; init; } = [];

    /// <summary>Folder of batches that were refused, with the reason.</summary>
    public required string RefusedDirectory { get; init; }

    /// <summary>Refused batches kept; the oldest make room.</summary>
    public int RefusedFilesMax { get; init; } = 1_000;

    /// <summary>Bytes of refused batches kept.</summary>
    public long RefusedBytesMax { get; init; } = 256 << 20;

    /// <summary>Received bytes that may wait to be checked. Beyond it the socket is not read, so that the broker waits.</summary>
    public int QueueBytesMax { get; init; } = 32 << 20;

    /// <summary>Readings of one commit: enough to make the cost of a transaction small, and a fraction of a second of work.</summary>
    public int GroupReadingsMax { get; init; } = 500_000;

    /// <summary>Batches of one commit.</summary>
    public int GroupBatchesMax { get; init; } = 4_096;

    /// <summary>Sees what agents say of themselves, or null.</summary>
    public IAgentObserver? Observer { get; init; }

    public BatchLimits Limits { get; init; } = BatchLimits.Default;

    /// <summary>First pause before a store that was down is tried again; doubles up to <see cref="RetryMaxMs"/>.</summary>
    public int RetryMinMs { get; init; } = 250;

    public int RetryMaxMs { get; init; } = 10_000;

    public static IngestOptions Of(HubConfig hub) => new()
    {
        SharedGroup = hub.SharedGroup,
        EnrolmentTokens = [.. hub.EnrolmentTokens.Select(t => t.Reveal())],
        RefusedDirectory = Path.Combine(hub.DataDirectory, "refused"),
    };
}
