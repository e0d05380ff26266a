using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>One row of the ledger of discards.</summary>
internal sealed class DiscardEntry
{
    public required long Id { get; init; }
    public required long FirstSequence { get; set; }
    public required long LastSequence { get; set; }
    public required string Reason { get; init; }
    public required long Readings { get; set; }
    public required long FirstTicks { get; set; }
    public required long LastTicks { get; set; }
    public AccountSums Accounts { get; } = new();

    /// <summary>The batch that declares it; null while none does.</summary>
    public long? DeclaredIn { get; set; }

    public DiscardedRange ToRange(DeviceNames names) =>
        new(FirstSequence, LastSequence, Reason, Readings, FirstTicks, LastTicks, Accounts.ToAccounts(names.Names));
}
