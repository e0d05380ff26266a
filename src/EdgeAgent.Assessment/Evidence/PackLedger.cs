using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The ledger of a pack: its source as it lies at the hub (a file, or the chain of events), and the table that follows from it.</summary>
internal static class PackLedger
{
    /// <param name="asOf">The report instant, for a chain of events.</param>
    /// <returns>Null when it cannot be read; <paramref name="problem"/> says why.</returns>
    public static DeviceLedger? TryRead(ReadOnlySpan<byte> source, bool isEvents, string site, DateTimeOffset asOf, out BilingualText problem)
    {
        problem = new BilingualText("", "");
        if (isEvents)
        {
            return TryFold(source, site, out problem)?.AsOf(UnixTicks.From(asOf));
        }

        LedgerImport import = LedgerCsv.Read(source);
        problem = import.Problems is [var first, ..] ? new BilingualText(first.InChinese(), first.ToString()) : problem;
        return import.Ledger;
    }

    public static byte[] Table(DeviceLedger ledger)
    {
        EvidenceCsv csv = new("资产编号", "设备名称", "型号", "制造商", "出厂编号", "车间", "产线", "工序", "关键工序", "设备类别", "状态", "投用日期", "退役日期", "数字化依据", "佐证材料", "备注");
        foreach (LedgerEntry entry in ledger.Entries.OrderBy(e => e.AssetNo, StringComparer.Ordinal))
        {
            csv.Cell(entry.AssetNo).Cell(entry.Name).Cell(entry.Model).Cell(entry.Maker).Cell(entry.SerialNo).Cell(entry.Workshop).Cell(entry.Line).Cell(entry.Process)
                .Cell(entry.IsKeyProcess ? "是" : "否").Cell(LedgerTerms.Categories.Label(entry.Category)).Cell(LedgerTerms.Statuses.Label(entry.Status))
                .Cell(DayText(entry.CommissionDate)).Cell(DayText(entry.RetireDate)).Cell(BasisText(entry.DigitalBasis))
                .Cell(string.Join("; ", entry.Evidence)).Cell(entry.Remark).EndRow();
        }

        return csv.ToBytes();
    }

    private static LedgerHistory? TryFold(ReadOnlySpan<byte> lines, string site, out BilingualText problem)
    {
        List<LedgerEvent> events = [];
        problem = new BilingualText("", "");
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            if (line.IsEmpty)
            {
                continue;
            }

            (LedgerEvent? happened, BilingualText? wrong) = EventLine.Read(line);
            string before = events.Count == 0 ? LedgerHistory.NoHash : events[^1].Hash;
            if (happened is null || happened.Sequence != events.Count + 1 || happened.Previous != before || happened.Site != site)
            {
                problem = new BilingualText(
                    string.Create(CultureInfo.InvariantCulture, $"第 {events.Count + 1} 个事件：{wrong?.Zh ?? "没有接在前一事件之后"}"),
                    string.Create(CultureInfo.InvariantCulture, $"event {events.Count + 1}: {wrong?.En ?? "it does not follow on the event before it"}"));
                return null;
            }

            events.Add(happened);
        }

        return new LedgerHistory(site, events);
    }

    private static string BasisText(DigitalBasis basis) => string.Join(";", Enum.GetValues<DigitalBasis>()
        .Where(b => b != DigitalBasis.Unstated && basis.HasFlag(b)).Select(LedgerTerms.Bases.Label));

    private static string DayText(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
