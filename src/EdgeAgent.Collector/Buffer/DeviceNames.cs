using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Short numbers for device names, so that the accounts of every batch stay small. Names are never forgotten.</summary>
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

    /// <summary>By number.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The rows as <see cref="AccountSums"/> reads them; valid until the next call. Adds names that are new.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<DiscardedAccount> accounts)
    {
        int needed = AccountSums.BytesMax(accounts.Length);
        if (_encoded.Length < needed)
        {
            _encoded = new byte[needed];
        }

        int length = 0, hour = 0;
        foreach (ref readonly DiscardedAccount account in accounts)
        {
            var key = new AccountKey(IdOf(account.Device), account.Hour, account.Provenance);
            length += AccountSums.Write(_encoded.AsSpan(length), key, ref hour, account.Due, account.Readings);
        }

        return _encoded.AsSpan(0, length);
    }

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
