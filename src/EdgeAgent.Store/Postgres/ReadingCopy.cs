using EdgeAgent.Core.Model;
using Npgsql;
using NpgsqlTypes;

namespace EdgeAgent.Store.Postgres;

/// <summary>Readings as rows, by binary COPY.</summary>
internal static class ReadingCopy
{
    /// <summary>One batch to write.</summary>
    /// <param name="BatchId">Row of the batch; of two readings with one source time the higher stays.</param>
    /// <param name="ProvenanceOf">Where the readings come from, by device id.</param>
    public readonly record struct Part(StoredBatch Batch, long BatchId, PostgresDefinition Ids, Provenance[] ProvenanceOf);

    public static async Task WriteAsync(NpgsqlConnection connection, string schema, short month, IReadOnlyList<Part> parts, CancellationToken cancellation)
    {
        if (parts.All(p => p.Batch.Readings.Count == 0))
        {
            return;
        }

        await using NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync(
            $"COPY {schema}.readings (time, batch_id, series_id, quality, rest, kind, provenance, month, value, exact, content) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (Part part in parts)
        {
            // The importer writes into its buffer and flushes synchronously when it is full; off the caller's thread that is the cheaper way.
            Write(rows, part, month);
        }

        await rows.CompleteAsync(cancellation);
    }

    private static void Write(NpgsqlBinaryImporter rows, in Part part, short month)
    {
        ReadingBatch batch = part.Batch.Readings;
        foreach (ref readonly Reading reading in batch.Readings)
        {
            (long microseconds, short rest) = PostgresTime.Split(reading.SourceTicks);
            rows.StartRow();
            rows.Write(microseconds, NpgsqlDbType.TimestampTz);
            rows.Write(part.BatchId, NpgsqlDbType.Bigint);
            rows.Write(part.Ids.SeriesIds[reading.TagId], NpgsqlDbType.Integer);
            rows.Write(unchecked((int)reading.Quality.Code), NpgsqlDbType.Integer);
            rows.Write(rest, NpgsqlDbType.Smallint);
            rows.Write((short)reading.Kind, NpgsqlDbType.Smallint);
            rows.Write((short)part.ProvenanceOf[part.Batch.Definition.Tags[reading.TagId].DeviceId], NpgsqlDbType.Smallint);
            rows.Write(month, NpgsqlDbType.Smallint);
            if (reading.IsNumeric)
            {
                rows.Write(reading.ToDouble(), NpgsqlDbType.Double);
            }
            else
            {
                rows.WriteNull();
            }

            if (reading.Kind is ValueKind.Int64 or ValueKind.UInt64)
            {
                rows.Write(reading.AsInt64, NpgsqlDbType.Bigint);
            }
            else
            {
                rows.WriteNull();
            }

            if (reading.Kind is ValueKind.Text or ValueKind.Bytes)
            {
                rows.Write(batch.BytesOf(reading).ToArray(), NpgsqlDbType.Bytea);
            }
            else
            {
                rows.WriteNull();
            }
        }
    }
}
