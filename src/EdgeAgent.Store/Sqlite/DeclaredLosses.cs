using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Books what agents declare as given up: due and missed, each sequence once, whatever comes first and however often.</summary>
/// <remarks>At any time the accounts are those of all stored batches, plus the widest declared ranges, less what stored batches inside
/// those ranges had due. A row of <c>discards</c> that is in the accounts says in <c>booked</c> what of it still is: a wider declaration
/// takes its place, and a stored batch of the range takes its own part back. README.md says why that is exact.</remarks>
internal sealed class DeclaredLosses(SqliteDatabase database, Catalogue catalogue, GroupTally tally)
{
    private readonly DecodedBatch _decoded = new();

    /// <summary>A batch that is being stored declares a range.</summary>
    public void Declare(long agentId, IncarnationState incarnation, StoredBatch declaring, DefinitionMap map, DiscardedRange range)
    {
        incarnation.Discarded.Add(range.FirstSequence, range.LastSequence);
        if (IsEmpty(range) || IsCovered(incarnation.Id, range))
        {
            Insert(incarnation.Id, declaring.Sequence, range, null, 0);
            return;
        }

        foreach ((long id, long readings, List<BookedLoss> losses) in BookedInside(incarnation.Id, range.FirstSequence, range.LastSequence))
        {
            Book(agentId, losses, -1);
            tally.AddDiscarded(agentId, -readings);
            Save(id, null, 0);
        }

        List<BookedLoss> booked = [.. range.Accounts.Select(a =>
            new BookedLoss(catalogue.DeviceByName(agentId, declaring.Definition, map, a.Device), a.Device, a.Hour, a.Provenance, a.Due))];
        long left = range.Readings - SubtractStored(incarnation, range, booked);
        Book(agentId, booked, 1);
        tally.AddDiscarded(agentId, left);
        Insert(incarnation.Id, declaring.Sequence, range, booked, left);
    }

    /// <summary>A batch is being stored that was declared as given up before: what it had due is in its own accounts now.</summary>
    public void TakeBack(long agentId, IncarnationState incarnation, StoredBatch batch)
    {
        foreach ((long id, long readings, List<BookedLoss> losses) in BookedAround(incarnation.Id, batch.Sequence))
        {
            Book(agentId, losses, -1);
            Subtract(losses, batch.Accounts, batch.Definition);
            Book(agentId, losses, 1);
            long left = Math.Max(0, readings - batch.Readings.Count);
            tally.AddDiscarded(agentId, left - readings);
            Save(id, losses, left);
        }
    }

    /// <summary>Only numbers: after a power cut, sequences that may be stored or may never have been.</summary>
    private static bool IsEmpty(DiscardedRange range) => range.Readings == 0 && range.Accounts.Count == 0;

    private void Book(long agentId, List<BookedLoss> losses, int sign)
    {
        foreach (BookedLoss loss in losses)
        {
            tally.AddMissed(agentId, loss.DeviceId, loss.Hour, loss.Provenance, sign * loss.Due);
        }
    }

    /// <summary>Takes what the stored batches of the range had due out of the rows.</summary>
    /// <returns>Their readings.</returns>
    private long SubtractStored(IncarnationState incarnation, DiscardedRange range, List<BookedLoss> booked)
    {
        if (!incarnation.Committed.Intersects(range.FirstSequence, range.LastSequence))
        {
            return 0;
        }

        long readings = 0;
        Statement rows = database.Sql("SELECT readings, definition_id, signed FROM batches WHERE incarnation_id = ? AND sequence BETWEEN ? AND ?")
            .Bind(1, incarnation.Id).Bind(2, range.FirstSequence).Bind(3, range.LastSequence);
        while (rows.Step())
        {
            readings += rows.Int64(0);
            _decoded.Clear();
            if (BatchReader.TryRead(rows.Blob(2), _decoded, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                throw new StoreDamagedException("A stored batch can no longer be read.");
            }

            Subtract(booked, _decoded.Accounts, catalogue.StoredDefinition(rows.Int64(1)));
        }

        return Math.Min(readings, range.Readings);
    }

    private static void Subtract(List<BookedLoss> losses, IReadOnlyList<ScanAccount> accounts, PlantDefinition definition)
    {
        foreach (ScanAccount account in accounts)
        {
            string device = definition.Devices[account.DeviceId].Name;
            long due = account.Due;
            for (int i = 0; i < losses.Count && due > 0; i++)
            {
                BookedLoss loss = losses[i];
                if (loss.Hour == account.Hour && loss.Provenance == account.Provenance && loss.Device == device)
                {
                    // Never more than was declared, so that nothing that an agent says makes a count negative.
                    long part = Math.Min(loss.Due, due);
                    losses[i] = loss with { Due = loss.Due - part };
                    due -= part;
                }
            }
        }
    }

    /// <summary>Whether the accounts hold a declaration of all of the range already.</summary>
    private bool IsCovered(long incarnationId, DiscardedRange range)
    {
        Statement row = database.Sql("SELECT 1 FROM discards WHERE incarnation_id = ? AND last >= ? AND first <= ? AND booked IS NOT NULL")
            .Bind(1, incarnationId).Bind(2, range.LastSequence).Bind(3, range.FirstSequence);
        bool covered = row.Step();
        row.Reset();
        return covered;
    }

    private List<(long Id, long Readings, List<BookedLoss> Losses)> BookedInside(long incarnationId, long first, long last) =>
        Read(database.Sql("SELECT id, booked_readings, booked FROM discards WHERE incarnation_id = ? AND last <= ? AND first >= ? AND booked IS NOT NULL")
            .Bind(1, incarnationId).Bind(2, last).Bind(3, first));

    private List<(long Id, long Readings, List<BookedLoss> Losses)> BookedAround(long incarnationId, long sequence) =>
        Read(database.Sql("SELECT id, booked_readings, booked FROM discards WHERE incarnation_id = ? AND last >= ? AND first <= ? AND booked IS NOT NULL")
            .Bind(1, incarnationId).Bind(2, sequence).Bind(3, sequence));

    private static List<(long, long, List<BookedLoss>)> Read(Statement rows)
    {
        var found = new List<(long, long, List<BookedLoss>)>();
        while (rows.Step())
        {
            found.Add((rows.Int64(0), rows.Int64(1), JsonSerializer.Deserialize(rows.Blob(2), StoreJson.Default.ListBookedLoss) ?? []));
        }

        return found;
    }

    private void Save(long id, List<BookedLoss>? booked, long readings)
    {
        Statement update = database.Sql("UPDATE discards SET booked = ?, booked_readings = ? WHERE id = ?").Bind(2, readings).Bind(3, id);
        BindBooked(update, 1, booked).Run();
    }

    private void Insert(long incarnationId, long declaredIn, DiscardedRange range, List<BookedLoss>? booked, long bookedReadings)
    {
        Statement insert = database.Sql("""
            INSERT INTO discards (incarnation_id, declared_in, first, last, reason, readings, first_ticks, last_ticks, accounts, booked, booked_readings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, incarnationId).Bind(2, declaredIn).Bind(3, range.FirstSequence).Bind(4, range.LastSequence).Bind(5, range.Reason)
            .Bind(6, range.Readings).Bind(7, range.FirstTicks).Bind(8, range.LastTicks)
            .Bind(9, JsonSerializer.SerializeToUtf8Bytes([.. range.Accounts], StoreJson.Default.DiscardedAccountArray))
            .Bind(11, bookedReadings);
        BindBooked(insert, 10, booked).Run();
    }

    private static Statement BindBooked(Statement statement, int index, List<BookedLoss>? booked) => booked is null
        ? statement.BindNull(index)
        : statement.Bind(index, JsonSerializer.SerializeToUtf8Bytes(booked, StoreJson.Default.ListBookedLoss));
}
