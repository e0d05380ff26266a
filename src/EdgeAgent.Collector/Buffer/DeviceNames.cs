using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Short numbers for device names, so that the counts by device of every batch stay small. Names are never forgotten.</summary>
internal sealed class DeviceNames
{
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _rows;
    private readonly Dictionary<string, int> _ids = [];
    private readonly List<string> _names = [];
    private byte[] _encoded = new byte[256];

    public DeviceNames(SqliteConnectionHandle connection)
    {
        _insert = connection.Prepare("INSERT INTO devices (id, name) VALUES (?, ?)", "add device");
        _rows = connection.Prepare("SELECT id, name FROM devices ORDER BY id", "read devices");
    }

    public void Load()
    {
        _ids.Clear();
        _names.Clear();
        while (_rows.Step())
        {
            if (_rows.Int64(0) != _names.Count || _ids.ContainsKey(_rows.Text(1)))
            {
                _rows.Reset();
                throw new SqliteFailure(SQLitePCL.raw.SQLITE_CORRUPT, "read devices", "device numbers have gaps or names come twice");
            }

            Remember(_rows.Text(1));
        }

        _rows.Reset();
    }

    /// <summary>The counts as (number, readings) pairs; valid until the next call. Adds names that are new.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<DeviceReadings> devices)
    {
        int needed = devices.Length * 2 * Varints.BytesMax;
        if (_encoded.Length < needed)
        {
            _encoded = new byte[needed];
        }

        int length = 0;
        foreach (DeviceReadings device in devices)
        {
            length += Varints.Write(_encoded.AsSpan(length), (ulong)IdOf(device.Device));
            length += Varints.Write(_encoded.AsSpan(length), (ulong)device.Readings);
        }

        return _encoded.AsSpan(0, length);
    }

    /// <summary>Adds the counts of a blob to a sum by device number.</summary>
    public void AddTo(Dictionary<int, long> sums, ReadOnlySpan<byte> blob)
    {
        while (Varints.TryRead(ref blob, out ulong id) && Varints.TryRead(ref blob, out ulong readings))
        {
            if (id < (ulong)_names.Count)
            {
                sums[(int)id] = sums.GetValueOrDefault((int)id) + (long)readings;
            }
        }
    }

    public byte[] Encode(Dictionary<int, long> sums)
    {
        var blob = new byte[sums.Count * 2 * Varints.BytesMax];
        int length = 0;
        foreach ((int id, long readings) in sums)
        {
            length += Varints.Write(blob.AsSpan(length), (ulong)id);
            length += Varints.Write(blob.AsSpan(length), (ulong)readings);
        }

        return blob[..length];
    }

    public IReadOnlyList<DiscardedDevice> Name(Dictionary<int, long> sums) =>
        [.. sums.OrderBy(s => s.Key).Select(s => new DiscardedDevice(_names[s.Key], s.Value))];

    public int IdOf(string name)
    {
        if (_ids.TryGetValue(name, out int id))
        {
            return id;
        }

        _insert.Bind(1, _names.Count).Bind(2, name).Run();
        return Remember(name);
    }

    private int Remember(string name)
    {
        int id = _names.Count;
        _ids.Add(name, id);
        _names.Add(name);
        return id;
    }
}
