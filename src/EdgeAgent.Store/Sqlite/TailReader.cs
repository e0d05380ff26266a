using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Decodes batches that are stored as received.</summary>
internal sealed class TailReader
{
    private readonly DecodedBatch _batch = new();

    public delegate void BatchVisitor(DecodedBatch batch, DefinitionMap map, long rowId);

    /// <summary>Visits the batches with row ids in (after, upTo] that may hold readings of [fromTicks, toTicks), in the order of arrival.</summary>
    public void Visit(SqliteDatabase database, Catalogue catalogue, long after, long upTo, long fromTicks, long toTicks, BatchVisitor visitor)
    {
        Statement rows = database.Sql("SELECT id, definition_id, signed FROM batches WHERE id > ? AND id <= ? AND last >= ? AND first < ? ORDER BY id")
            .Bind(1, after).Bind(2, upTo).Bind(3, fromTicks).Bind(4, toTicks);
        try
        {
            while (rows.Step())
            {
                Decode(rows.Blob(2), rows.Int64(0), _batch);
                visitor(_batch, catalogue.DefinitionById(rows.Int64(1)), rows.Int64(0));
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    private static void Decode(ReadOnlySpan<byte> signed, long rowId, DecodedBatch into)
    {
        BatchReadStatus status = BatchReader.TryRead(signed, into, BatchLimits.Default);
        if (status != BatchReadStatus.Ok)
        {
            throw new StoreDamagedException($"The store's batch in row {rowId} cannot be read ({status}). Nothing was deleted.");
        }
    }
}
