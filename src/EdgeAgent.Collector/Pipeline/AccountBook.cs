using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>Keeps the accounts that the next batch must carry, so that each batch balances by itself.</summary>
/// <remarks>An array by device id takes the counts of the hour at hand; rows of other hours and rows that a failed batch gave back
/// lie in a list beside it. Counting allocates nothing.</remarks>
internal sealed class AccountBook
{
    private readonly List<int> _open = [];
    private readonly List<ScanAccount> _closed = [];
    private DeviceTally[] _tallies = [];

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => _open.Count == 0 && _closed.Count == 0;

    /// <summary>Rows that a batch would carry now.</summary>
    public int RowCount => _open.Count + _closed.Count;

    /// <summary>Changes to another configuration. Rows that no batch could take yet move to their device's new number.</summary>
    /// <param name="newId">A device's number in the new configuration, or -1.</param>
    /// <returns>The rows of devices that are gone, under their old numbers.</returns>
    public List<ScanAccount> Renumber(int deviceCount, Func<int, int> newId)
    {
        var rows = new List<ScanAccount>();
        var departed = new List<ScanAccount>();
        TakeAll(rows);
        _tallies = new DeviceTally[deviceCount];
        foreach (ScanAccount row in rows)
        {
            if (newId(row.DeviceId) is >= 0 and int id)
            {
                Add(row with { DeviceId = id });
            }
            else
            {
                departed.Add(row);
            }
        }

        return departed;
    }

    /// <summary>The growing counts of a device in an hour.</summary>
    public ref DeviceTally Tally(int device, int hour, Provenance provenance)
    {
        ref DeviceTally tally = ref _tallies[device];
        if (tally.IsOpen)
        {
            if (tally.Hour == hour && tally.Provenance == provenance)
            {
                return ref tally;
            }

            _closed.Add(tally.ToAccount(device));
        }
        else
        {
            _open.Add(device);
        }

        tally = new DeviceTally { Hour = hour, Provenance = provenance, IsOpen = true };
        return ref tally;
    }

    /// <summary>Adds a row that is complete.</summary>
    public void Add(in ScanAccount account)
    {
        if (_tallies[account.DeviceId] is { IsOpen: true } open && open.Hour > account.Hour)
        {
            // Of an hour that is over, as when a gap is filled: the row at hand stays open.
            _closed.Add(account);
            return;
        }

        ref DeviceTally tally = ref Tally(account.DeviceId, account.Hour, account.Provenance);
        tally.Good += account.Good;
        tally.Bad += account.Bad;
        tally.Missed += account.Missed;
        tally.MissedWhileDown += account.MissedWhileDown;
        tally.Filtered += account.Filtered;
        tally.Dropped += account.Dropped;
        tally.Buffered += account.Buffered;
        tally.Changed += account.Changed;
        tally.Beyond += account.Beyond;
        tally.Filled += account.Filled;
    }

    /// <summary>Moves every row to the caller.</summary>
    public void TakeAll(List<ScanAccount> into)
    {
        into.AddRange(_closed);
        _closed.Clear();
        foreach (int device in _open)
        {
            ScanAccount account = _tallies[device].ToAccount(device);
            _tallies[device] = default;
            if (!account.IsEmpty)
            {
                into.Add(account);
            }
        }

        _open.Clear();
    }

    /// <summary>Takes the rows of a batch back that could not be buffered: its readings are lost, and counted as dropped.</summary>
    public void GiveBackDropped(List<ScanAccount> accounts)
    {
        foreach (ScanAccount account in accounts)
        {
            Add(account with { Dropped = account.Dropped + account.Buffered, Buffered = 0 });
        }
    }
}
