using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The transaction with which every opening begins: a first row of meta, numbering after a power cut, and the cursors.</summary>
internal sealed class BufferOpening(BufferDatabase database, BufferOptions options, SalvageReport? salvage)
{
    public void Run()
    {
        database.Begin();
        database.Reload();
        BufferState state = database.State;
        CheckEnds(state);
        if (state.Boot == RestoredBuffer.BootMark)
        {
            SkipUsedSinceBackup(state);
        }
        else if (!state.Clean && state.Boot != options.BootId)
        {
            SkipReserved(state);
        }

        state.Clean = false;
        state.Boot = options.BootId;
        if (options.Durability == BufferDurability.Full)
        {
            state.ReservedSequence = 0;
        }

        if (salvage is not null)
        {
            Book(salvage, state);
        }

        ApplyCursors(state);
        database.Commit();
        database.Reload();
    }

    /// <summary>The rows must be what meta says; anything else is damage that SQLite itself cannot see.</summary>
    private void CheckEnds(BufferState state)
    {
        (long? first, long? last) = database.ReadEnds();
        if (database.Cursors.HighestPassed >= state.NextSequence)
        {
            // Batches to come would be deleted unsent.
            throw new Sqlite.SqliteFailure(
                SQLitePCL.raw.SQLITE_CORRUPT, "check", $"a cursor has passed {database.Cursors.HighestPassed}, which was never appended");
        }

        if (last >= state.NextSequence || first < 1 || (last is null) != (state.PendingBatches == 0))
        {
            throw new Sqlite.SqliteFailure(
                SQLitePCL.raw.SQLITE_CORRUPT, "check", $"rows {first} to {last} do not fit the next sequence {state.NextSequence}");
        }
    }

    /// <summary>The disk may have lost the newest commits, while the hub may have the batches: their numbers must not be used again.</summary>
    private void SkipReserved(BufferState state)
    {
        if (state.ReservedSequence < state.NextSequence)
        {
            return;
        }

        database.Ledger.Add(
            state.NextSequence, state.ReservedSequence, DiscardReasons.PowerCut, 0, state.AccountedUntilTicks ?? 0,
            state.AccountedUntilTicks ?? 0, new AccountSums());
        database.Cursors.PassAll(state.NextSequence, state.ReservedSequence);
        state.NextSequence = state.ReservedSequence + 1;
    }

    /// <summary>The machine of the backup went on after it, and the hub may have any of its batches. They are declared as given up with
    /// everything that was due since: of that the hub takes out what it has stored, and the rest is missed.</summary>
    private void SkipUsedSinceBackup(BufferState state)
    {
        long from = state.AccountedUntilTicks ?? 0;
        RestoredGap? gap = state.AccountedUntilTicks is { } until ? options.DueSince?.Invoke(until) : null;
        var due = new AccountSums();
        foreach (DiscardedAccount row in gap?.Accounts ?? [])
        {
            due.Add(new AccountKey(database.Names.IdOf(row.Device), row.Hour, row.Provenance), row.Due, row.Readings);
        }

        database.Ledger.Add(state.NextSequence, state.ReservedSequence, DiscardReasons.RestoredBackup, 0, from, gap?.UntilTicks ?? from, due);
        database.Cursors.PassAll(state.NextSequence, state.ReservedSequence);
        state.NextSequence = state.ReservedSequence + 1;
        if (gap?.Accounts is not null)
        {
            state.AccountedUntilTicks = gap.UntilTicks;
        }
    }

    /// <summary>Carries the totals of the database before this one over and counts what it still held as given up.</summary>
    private void Book(SalvageReport lost, BufferState state)
    {
        var accounts = new AccountSums();
        foreach ((AccountKey key, (long due, long readings)) in lost.Accounts.Rows)
        {
            if (lost.Names.TryGetValue(key.Device, out string? name))
            {
                accounts.Add(key with { Device = database.Names.IdOf(name) }, due, readings);
            }
        }

        // The format knows no range without sequences: the first of the new chain stands for everything lost with the old one.
        database.Ledger.Add(
            1, 1, DiscardReasons.DamagedDatabase, lost.LostReadings + lost.UndeclaredReadings, lost.FirstTicks ?? 0, lost.LastTicks ?? 0, accounts);
        state.NextSequence = 2;
        state.AccountedUntilTicks = lost.AccountedUntilTicks;
        state.AcknowledgedReadings = lost.AcknowledgedReadings;
        state.DiscardedReadings = lost.DiscardedReadings + lost.LostReadings;
        state.BufferedReadings = state.AcknowledgedReadings + state.DiscardedReadings;
    }

    private void ApplyCursors(BufferState state)
    {
        foreach (string name in database.Cursors.Names.Except(options.Cursors).ToList())
        {
            database.Cursors.Remove(name);
        }

        // What only a removed cursor held back goes now, and what a run before had no time to delete.
        database.DeletePassed(state.NextSequence);

        long oldest = database.ReadEnds().First ?? state.NextSequence;
        foreach (string name in options.Cursors.Where(n => !database.Cursors.Has(n)))
        {
            database.Cursors.Add(name, oldest);
        }
    }
}
