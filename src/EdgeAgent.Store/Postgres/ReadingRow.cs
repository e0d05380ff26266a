using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>A row of <c>readings</c>, read back exactly.</summary>
internal static class ReadingRow
{
    /// <summary>Seven columns, in the order in which the methods count from the first.</summary>
    public const string Columns = "time, rest, quality, r.kind, value, exact, content";

    public static long Ticks(NpgsqlDataReader row, int first) =>
        PostgresTime.ToTicks(row.GetFieldValue<long>(first), row.GetInt16(first + 1));

    public static Quality Quality(NpgsqlDataReader row, int first) => new(unchecked((uint)row.GetInt32(first + 2)));

    public static StoredValue Value(NpgsqlDataReader row, int first) => Value(row, first + 3, first + 4, first + 5, first + 6);

    public static StoredValue Value(NpgsqlDataReader row, int kindColumn, int value, int exact, int content)
    {
        var kind = (ValueKind)row.GetInt16(kindColumn);
        return kind switch
        {
            ValueKind.Boolean => new StoredValue(kind, row.GetDouble(value) != 0 ? 1UL : 0UL, null),
            ValueKind.Int64 or ValueKind.UInt64 => new StoredValue(kind, unchecked((ulong)row.GetInt64(exact)), null),
            ValueKind.Float32 => new StoredValue(kind, BitConverter.SingleToUInt32Bits((float)row.GetDouble(value)), null),
            ValueKind.Float64 => new StoredValue(kind, BitConverter.DoubleToUInt64Bits(row.GetDouble(value)), null),
            ValueKind.Text or ValueKind.Bytes => new StoredValue(kind, 0, row.GetFieldValue<byte[]>(content)),
            _ => new StoredValue(kind, 0, null),
        };
    }
}
