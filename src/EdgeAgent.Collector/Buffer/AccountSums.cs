using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>One row of accounts; the device by its number in the table of devices.</summary>
internal readonly record struct AccountKey(int Device, int Hour, Provenance Provenance);

/// <summary>What was due in batches, and their readings, by device, hour and provenance; and the blob that it is kept as.</summary>
/// <remarks>A blob is a list of (device, hour less the hour before and provenance, due, due less readings), each as LEB128;
/// the last as the 64 bits of its two's complement, for a device that sent more than was due.</remarks>
internal sealed class AccountSums
{
    /// <summary>Varints of a row.</summary>
    private const int Fields = 4;

    /// <summary>No device has more readings in an hour; a blob that says so is damaged.</summary>
    private const long ReadingsMost = 1L << 60;

    private readonly Dictionary<AccountKey, (long Due, long Readings)> _rows = [];

    public int Count => _rows.Count;

    public IEnumerable<KeyValuePair<AccountKey, (long Due, long Readings)>> Rows => _rows;

    /// <summary>Most bytes of a blob of so many rows; they take about five each.</summary>
    public static int BytesMax(int rows) => rows * Fields * Varints.BytesMax;

    /// <summary>Writes one row.</summary>
    /// <param name="hourBefore">The hour of the row before; 0 at the beginning.</param>
    public static int Write(Span<byte> to, in AccountKey key, ref int hourBefore, long due, long readings)
    {
        long step = (long)key.Hour - hourBefore;
        hourBefore = key.Hour;
        int length = Varints.Write(to, (ulong)key.Device);
        length += Varints.Write(to[length..], (ZigZag(step) << 2) | (byte)key.Provenance);
        length += Varints.Write(to[length..], (ulong)due);
        return length + Varints.Write(to[length..], (ulong)(due - readings));
    }

    public void Add(in AccountKey key, long due, long readings)
    {
        (long Due, long Readings) sum = _rows.GetValueOrDefault(key);
        _rows[key] = (sum.Due + due, sum.Readings + readings);
    }

    public void Add(AccountSums other)
    {
        foreach ((AccountKey key, (long due, long readings)) in other._rows)
        {
            Add(key, due, readings);
        }
    }

    /// <summary>Adds the rows of a blob; what of a damaged one makes no sense is left out.</summary>
    public void Add(ReadOnlySpan<byte> blob)
    {
        long hour = 0;
        while (Varints.TryRead(ref blob, out ulong device) && Varints.TryRead(ref blob, out ulong where)
            && Varints.TryRead(ref blob, out ulong due) && Varints.TryRead(ref blob, out ulong without))
        {
            hour = unchecked(hour + UnZigZag(where >> 2));
            long withoutReading = unchecked((long)without);
            if (device > int.MaxValue || hour is < int.MinValue or > int.MaxValue || due > ReadingsMost
                || withoutReading > (long)due || withoutReading < -ReadingsMost)
            {
                return;
            }

            Add(new AccountKey((int)device, (int)hour, (Provenance)(where & 3)), (long)due, (long)due - withoutReading);
        }
    }

    /// <summary>Rows that there would be with those of the other.</summary>
    public int CountWith(AccountSums other) => _rows.Count + other._rows.Keys.Count(key => !_rows.ContainsKey(key));

    public byte[] ToBlob()
    {
        byte[] blob = new byte[BytesMax(_rows.Count)];
        int length = 0, hour = 0;
        foreach ((AccountKey key, (long due, long readings)) in Ordered())
        {
            length += Write(blob.AsSpan(length), key, ref hour, due, readings);
        }

        return blob[..length];
    }

    /// <param name="names">Names by number; rows of other numbers are left out.</param>
    public IReadOnlyList<DiscardedAccount> ToAccounts(IReadOnlyList<string> names) =>
        [.. Ordered().Where(r => r.Key.Device < names.Count)
            .Select(r => new DiscardedAccount(names[r.Key.Device], r.Key.Hour, r.Key.Provenance, r.Value.Due, r.Value.Readings))];

    private IEnumerable<KeyValuePair<AccountKey, (long Due, long Readings)>> Ordered() =>
        _rows.OrderBy(r => r.Key.Hour).ThenBy(r => r.Key.Device).ThenBy(r => r.Key.Provenance);

    private static ulong ZigZag(long value) => ((ulong)value << 1) ^ (ulong)(value >> 63);

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
