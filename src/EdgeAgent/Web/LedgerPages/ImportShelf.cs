using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>A previewed import that waits for a decision.</summary>
internal sealed record PendingImport(string Id, LedgerPreview Preview, byte[] File, DateTimeOffset ExpiresAt);

/// <summary>Previewed imports, a few and for a while: what nobody commits is forgotten.</summary>
internal sealed class ImportShelf(TimeProvider time)
{
    /// <summary>Each holds its file; more than a few at once are people who upload again and again.</summary>
    private const int PendingMax = 8;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly List<PendingImport> _pending = [];

    public PendingImport Put(LedgerPreview preview, byte[] file)
    {
        PendingImport import = new(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)), preview, file, time.GetUtcNow() + Kept);
        lock (_gate)
        {
            Forget();
            if (_pending.Count == PendingMax)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(import);
        }

        return import;
    }

    public PendingImport? Find(string id)
    {
        lock (_gate)
        {
            Forget();
            return _pending.Find(p => p.Id == id);
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
        {
            return _pending.RemoveAll(p => p.Id == id) > 0;
        }
    }

    private void Forget() => _pending.RemoveAll(p => p.ExpiresAt <= time.GetUtcNow());
}
