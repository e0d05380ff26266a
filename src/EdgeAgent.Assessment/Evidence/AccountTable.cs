using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Accounts by device and hour as a table, and back.</summary>
internal static class AccountTable
{
    private const int Columns = 18;
    private const int RowsMax = 10_000_000;

    public static byte[] Write(IEnumerable<DeviceHour> rows)
    {
        EvidenceCsv csv = new(
            "agent", "device", "driver", "address", "asset", "hour", "provenance",
            "due", "good", "bad", "missed", "missedWhileDown", "filtered", "dropped", "buffered", "changed", "beyond", "filled", "hourText");
        foreach (DeviceHour row in rows)
        {
            ScanAccount a = row.Account;
            csv.Cell(row.Agent.Agent).Cell(row.Device).Cell(row.Driver).Cell(row.Address).Cell(row.Asset).Cell(a.Hour)
                .Cell(NameOf(a.Provenance)).Cell(a.Due).Cell(a.Good).Cell(a.Bad).Cell(a.Missed).Cell(a.MissedWhileDown)
                .Cell(a.Filtered).Cell(a.Dropped).Cell(a.Buffered).Cell(a.Changed).Cell(a.Beyond).Cell(a.Filled)
                .Cell(ShanghaiTime.AtHour(a.Hour).ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture)).EndRow();
        }

        return csv.ToBytes();
    }

    public static string NameOf(Provenance provenance) => provenance.ToString().ToLowerInvariant();

    /// <summary>Sums rows of the same source, hour and provenance and puts them in an order that depends on nothing else.</summary>
    public static List<DeviceHour> Normalize(IEnumerable<DeviceHour> rows)
    {
        Dictionary<(SourceKey, int, Provenance), ScanAccount> sums = [];
        foreach (DeviceHour row in rows)
        {
            (SourceKey, int, Provenance) key = (new SourceKey(row.Agent, row.Device, row.Driver, row.Address, row.Asset), row.Account.Hour, row.Account.Provenance);
            ScanAccount account = row.Account with { DeviceId = 0 };
            sums[key] = sums.TryGetValue(key, out ScanAccount before) ? before.Plus(account) : account;
        }

        List<DeviceHour> result = [.. sums.Select(s => new DeviceHour(s.Key.Item1.Agent, s.Key.Item1.Device, s.Key.Item1.Asset, s.Key.Item1.Driver, s.Key.Item1.Address, s.Value))];
        result.Sort(Compare);
        return result;
    }

    /// <returns>Null when the bytes are not such a table; <paramref name="problem"/> says why.</returns>
    public static List<DeviceHour>? TryRead(ReadOnlySpan<byte> csv, string site, out BilingualText problem)
    {
        List<DeviceHour> rows = [];
        problem = new BilingualText("", "");
        int line = 0;
        foreach (string[] cells in CsvRows.Read(Encoding.UTF8.GetString(csv).TrimStart('\uFEFF')))
        {
            if (line++ == 0)
            {
                continue;
            }

            if (rows.Count == RowsMax || cells.Length != Columns + 1 || !TryRow(cells, site, out DeviceHour row))
            {
                problem = new BilingualText($"第 {line} 行不是账目", string.Create(CultureInfo.InvariantCulture, $"row {line} is no account"));
                return null;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static bool TryRow(string[] cells, string site, out DeviceHour row)
    {
        row = default;
        Span<long> numbers = stackalloc long[11];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!long.TryParse(cells[7 + i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        if (!int.TryParse(cells[5], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int hour)
            || !Enum.TryParse(cells[6], ignoreCase: true, out Provenance provenance))
        {
            return false;
        }

        row = new DeviceHour(new AgentKey(site, cells[0]), cells[1], cells[4], cells[2], cells[3], new ScanAccount(
            0, hour, provenance, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9], numbers[10]));
        return true;
    }

    private static int Compare(DeviceHour x, DeviceHour y)
    {
        int order = SourceOrder.Instance.Compare(
            new SourceKey(x.Agent, x.Device, x.Driver, x.Address, x.Asset), new SourceKey(y.Agent, y.Device, y.Driver, y.Address, y.Asset));
        order = order != 0 ? order : x.Account.Hour.CompareTo(y.Account.Hour);
        return order != 0 ? order : x.Account.Provenance.CompareTo(y.Account.Provenance);
    }
}
