namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Somebody else recorded a change since the ledger was looked at; nothing was recorded. Look again.</summary>
public sealed class LedgerMovedException(string expected, string found)
    : Exception($"The ledger has changed since it was looked at (event {expected[..8]} then, {found[..8]} now); nothing was recorded. Look again and decide again.");
