using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Says everything that is wrong with a rule pack.</summary>
internal static class RulePackCheck
{
    private const int WindowDaysMax = 366;

    public static IReadOnlyList<string> Problems(RulePack pack)
    {
        List<string> problems = [];
        void Must(bool holds, string expected)
        {
            if (!holds)
            {
                problems.Add(expected);
            }
        }

        Must(pack.Id.Length > 0 && pack.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "id: letters, digits and hyphens expected");
        Must(pack.Version.Length > 0, "version: must not be empty");
        Must(pack.Demonstration || !pack.AllowSimulated, "allowSimulated: only a demonstration may count simulated readings");
        Must(pack.Demonstration || pack.CountAgentDowntime, "countAgentDowntime: only a demonstration may overlook an agent's downtime");
        Must(pack.WindowDays is null != pack.WindowMinutes is null, "windowDays, windowMinutes: exactly one of them expected");
        Must(pack.WindowDays is null or (>= 1 and <= WindowDaysMax), $"windowDays: 1 to {WindowDaysMax} expected");
        Must(pack.WindowMinutes is null or (>= 1 and <= WindowDaysMax * 1440), $"windowMinutes: 1 to {WindowDaysMax * 1440} expected");
        Must(pack.HistoryDays is >= 0 and <= 400, "historyDays: 0 to 400 expected");
        Must(pack.MinCoverage is > 0 and <= 1, "minCoverage: above 0 and at most 1 expected");
        Must(pack.GoodCoverage >= pack.MinCoverage && pack.GoodCoverage <= 1, "goodCoverage: minCoverage to 1 expected");
        Must(pack.MinActiveDays is >= 1 and <= WindowDaysMax, $"minActiveDays: 1 to {WindowDaysMax} expected");
        Must(pack.MinActiveHours is >= 1 and <= 24, "minActiveHours: 1 to 24 expected");
        Must(pack.MinGood >= 1, "minGood: at least 1 expected");
        Must(pack.MinObservedHours >= 0, "minObservedHours: 0 or more expected");
        Must(pack.LateDataHours >= 0, "lateDataHours: 0 or more expected");
        Words("countedCategories", pack.CountedCategories, LedgerTerms.Categories, problems);
        Words("countedStatus", pack.CountedStatus, LedgerTerms.Statuses, problems);
        Words("strictStatus", pack.StrictStatus, LedgerTerms.Statuses, problems);
        Words("digitalBasis", pack.DigitalBasis, LedgerTerms.Bases, problems);
        Must(pack.CountedStatus.All(pack.StrictStatus.Contains), "strictStatus: must hold every countedStatus");
        Must(!pack.DigitalBasis.Contains("无"), "digitalBasis: 无 cannot make an asset digital");
        Must(AscendingTenths(pack.BinsTenths), "binsTenths: ascending whole numbers from 1 to 9 expected");
        Must(pack.MaxStopShare is >= 0 and < 1, "maxStopShare: 0 to below 1 expected");
        Must(pack.OnlineMinutes >= 1, "onlineMinutes: at least 1 expected");
        Must(pack.ClockSkewMinutes >= 1, "clockSkewMinutes: at least 1 expected");
        Must(pack.HeartbeatSecondsMax >= 1, "heartbeatSecondsMax: at least 1 expected");
        Must(pack.ShrinkWarning is >= 0 and <= 1, "shrinkWarning: 0 to 1 expected");
        Must(pack.SteadyTolerance is >= 0 and < 1, "steadyTolerance: 0 to below 1 expected");
        Must(pack.PeriodCoverage is > 0 and <= 1, "periodCoverage: above 0 and at most 1 expected");
        Must(pack.ControlNetworkDevices >= 1, "controlNetworkDevices: at least 1 expected");
        Must(pack.ConnectorDays >= 1, "connectorDays: at least 1 expected");
        problems.AddRange(RulePackTreeCheck.Problems(pack));
        problems.AddRange(RulePackItemCheck.Problems(pack));
        problems.AddRange(RulePackLevelCheck.Problems(pack));
        return problems;
    }

    private static bool AscendingTenths(IReadOnlyList<int> bins) =>
        bins.Count > 0 && bins[0] >= 1 && bins[^1] <= 9 && bins.Zip(bins.Skip(1)).All(pair => pair.First < pair.Second);

    private static void Words<T>(string member, IReadOnlyList<string> words, Terms<T> terms, List<string> problems)
        where T : struct, Enum
    {
        problems.AddRange(words.Where(w => !terms.TryParse(w, out _)).Select(w => $"{member}: '{w}' is not known, {terms.Expected} expected"));
        if (words.Count == 0 || words.Distinct().Count() != words.Count)
        {
            problems.Add($"{member}: at least one word, each once, expected");
        }
    }
}
