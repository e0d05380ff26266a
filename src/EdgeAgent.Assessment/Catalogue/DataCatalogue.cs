using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Catalogue;

/// <summary>The catalogue of collected data (数据台账) of a site, made from what the store holds and what the ledger says of it.</summary>
/// <remarks>Nothing in it is typed but purpose and users, and these only where somebody recorded them; otherwise they follow from the
/// asset's process and from the enterprise.</remarks>
public sealed class DataCatalogue
{
    private const double WidthOfWords = 26;

    private DataCatalogue(string site, IReadOnlyList<DataCatalogueEntry> entries)
    {
        Site = site;
        Entries = entries;
    }

    /// <summary>Headers of a table of the catalogue.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["数据源", "数据项", "资产编号", "设备名称", "类型", "用途", "采集周期（秒）", "数量（条）", "数据源单位", "使用单位"];

    public string Site { get; }

    /// <summary>By agent, device and tag.</summary>
    public IReadOnlyList<DataCatalogueEntry> Entries { get; }

    /// <summary>Reads every series of a site and the accounts of [fromHour, toHour).</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public static async Task<DataCatalogue> ReadAsync(
        ITimeSeriesStore store, string site, DeviceLedger ledger, int fromHour, int toHour, CancellationToken cancellation)
    {
        IReadOnlyList<SeriesInfo> series = await store.ListSeriesAsync(site, cancellation);
        IReadOnlyList<DeviceHour> hours = await store.ReadDeviceHoursAsync(site, fromHour, toHour, cancellation);
        ILookup<(AgentKey, string), DeviceHour> hoursOf = hours.ToLookup(h => (h.Agent, h.Device));
        long now = toHour * UnixTicks.PerHour;
        List<DataCatalogueEntry> entries = [];
        foreach (IGrouping<(AgentKey Agent, string Device), SeriesInfo> device in series
            .GroupBy(s => (new AgentKey(s.Key.Site, s.Key.Agent), s.Key.Device))
            .OrderBy(g => g.Key.Item1.Agent, StringComparer.Ordinal).ThenBy(g => g.Key.Device, StringComparer.Ordinal))
        {
            SeriesInfo[] tags = [.. device.OrderBy(s => s.Key.Tag, StringComparer.Ordinal)];
            long good = hoursOf[device.Key].Sum(h => h.Account.Good);
            string declared = hoursOf[device.Key].OrderBy(h => h.Account.Hour).Select(h => h.Asset).LastOrDefault() ?? "";
            string assetNo = ledger.FindBinding(device.Key.Agent.Agent, device.Key.Device, now - 1)?.AssetNo ?? declared;
            for (int i = 0; i < tags.Length; i++)
            {
                entries.Add(Entry(tags[i], assetNo, ledger, Share(good, tags, i)));
            }
        }

        return new DataCatalogue(site, entries);
    }

    public byte[] Csv() => CsvText.Write(Headers, Entries.Select(e => e.Cells));

    public byte[] Workbook()
    {
        using WorkbookWriter workbook = new();
        SheetWriter sheet = workbook.AddSheet("数据台账", [.. Headers.Select(h => new SheetColumn(h, WidthOfWords))]);
        foreach (DataCatalogueEntry e in Entries)
        {
            sheet.AddRow($"{e.Agent}/{e.Device}", e.Tag, e.AssetNo, e.AssetName, e.Type, e.Purpose, e.IntervalMs / 1000m, e.Readings, e.Source, e.Users);
        }

        return workbook.ToBytes();
    }

    private static DataCatalogueEntry Entry(SeriesInfo series, string assetNo, DeviceLedger ledger, long readings)
    {
        SeriesKey key = series.Key;
        LedgerEntry? asset = assetNo.Length == 0 ? null : ledger.Find(assetNo);
        DataUse? use = ledger.DataUses.LastOrDefault(u => u.Agent == key.Agent && (u.Device == key.Device || u.Device.Length == 0));
        string place = string.Join('/', new[] { asset?.Workshop, asset?.Line, asset?.Process }.Where(p => !string.IsNullOrEmpty(p)));
        string enterprise = ledger.Profile?.Name ?? key.Site;
        return new DataCatalogueEntry(
            key.Agent, key.Device, key.Tag, assetNo, asset?.Name ?? "",
            series.Unit.Length == 0 ? TypeName(series.Kind) : $"{TypeName(series.Kind)}（{series.Unit}）",
            use is { Purpose.Length: > 0 } ? use.Purpose : asset is null ? "未登记" : asset.Process.Length > 0 ? $"{asset.Process}工序监测" : $"{LedgerTerms.Label(asset.Category)}监测",
            series.IntervalMs, readings,
            place.Length == 0 ? enterprise : $"{enterprise} {place}",
            use is { Users.Length: > 0 } ? use.Users : enterprise);
    }

    /// <summary>Accounts are kept by device; a series has of them what its interval makes due.</summary>
    private static long Share(long good, SeriesInfo[] tags, int index)
    {
        decimal Rate(SeriesInfo tag) => 1m / Math.Max(1, tag.IntervalMs);
        decimal all = tags.Sum(Rate);
        decimal before = tags.Take(index).Sum(Rate);
        return (long)(good * (before + Rate(tags[index])) / all) - (long)(good * before / all);
    }

    private static string TypeName(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "开关量",
        ValueKind.Int64 or ValueKind.UInt64 => "整数",
        ValueKind.Float32 or ValueKind.Float64 => "模拟量",
        ValueKind.Text => "文本",
        ValueKind.Bytes => "二进制",
        _ => kind.ToString(),
    };
}
