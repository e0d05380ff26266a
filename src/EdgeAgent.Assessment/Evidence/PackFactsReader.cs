using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Reads what people decided (ledger, rules, points, baseline) from the files of a pack, or from those that one is made of.</summary>
internal sealed class PackFactsReader(Func<string, byte[]?> read)
{
    public List<PackProblem> Problems { get; } = [];

    public DeviceLedger? Ledger { get; private set; }

    public LoadedRulePack? Rules { get; private set; }

    public PointTable Points { get; private set; } = PointTable.Empty;

    public SignedBaseline? Baseline { get; private set; }

    /// <summary>Reads everything; false when something is missing or wrong, which <see cref="Problems"/> names.</summary>
    public bool Run(string site, DateTimeOffset asOf)
    {
        ReadLedger(site, asOf);
        ReadRules();
        ReadPoints();
        ReadBaseline();
        return Problems.Count == 0 && Ledger is not null && Rules is not null;
    }

    private void ReadLedger(string site, DateTimeOffset asOf)
    {
        byte[]? events = read(PackLayout.LedgerEvents), file = read(PackLayout.LedgerSource);
        string path = events is null ? PackLayout.LedgerSource : PackLayout.LedgerEvents;
        if ((events ?? file) is not { } source)
        {
            Problems.Add(new PackProblem(path, "", "it is missing", "缺失"));
            return;
        }

        Ledger = PackLedger.TryRead(source, events is not null, site, asOf, out BilingualText problem);
        if (Ledger is null)
        {
            Problems.Add(new PackProblem(path, "", $"it cannot be read: {problem.En}", $"无法读取：{problem.Zh}"));
        }
    }

    private void ReadRules()
    {
        if (read(PackLayout.RulePack) is not { } bytes)
        {
            Problems.Add(new PackProblem(PackLayout.RulePack, "", "it is missing", "缺失"));
            return;
        }

        try
        {
            IReadOnlyList<RuleOverride> overrides = Ledger?.Overrides ?? [];
            Rules = overrides.Count > 0 ? RulePackCatalog.Parse(bytes, PackLayout.RulePack, overrides) : RulePackCatalog.Parse(bytes, PackLayout.RulePack);
            if (Rules.Rules.BandsOnly)
            {
                Rules = null;
                Problems.Add(new PackProblem(PackLayout.RulePack, "", "it has the bands of levels only; no rate can be computed with it", "只有等级分数线，不能计算比率"));
            }
        }
        catch (Exception e) when (e is RulePackException or InvalidOperationException)
        {
            // Text that is not UTF-8 shows itself late, when it is asked for.
            Problems.Add(new PackProblem(PackLayout.RulePack, "", e.Message, $"规则包无法使用：{e.Message}"));
        }
    }

    private void ReadPoints()
    {
        if (read(PackLayout.Points) is { } bytes)
        {
            (PointTable? table, IReadOnlyList<LedgerProblem> problems) = PointTableCsv.Read(bytes);
            Points = table ?? PointTable.Empty;
            Problems.AddRange(problems.Take(1).Select(p => new PackProblem(PackLayout.Points, "", p.ToString(), p.InChinese())));
        }
    }

    private void ReadBaseline()
    {
        if (read(PackLayout.Baseline) is { } bytes)
        {
            try
            {
                Baseline = SignedBaseline.Read(bytes, default);
            }
            catch (InvalidDataException e)
            {
                Problems.Add(new PackProblem(PackLayout.Baseline, "", e.Message, $"基线无法使用：{e.Message}"));
            }
        }
    }
}
