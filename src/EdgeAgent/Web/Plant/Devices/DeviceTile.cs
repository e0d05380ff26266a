using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>One device, or one machine of the ledger without any, as the wall of tiles shows it.</summary>
/// <param name="Agent">Empty for a machine that no device is bound to.</param>
/// <param name="Device">Empty for a machine that no device is bound to.</param>
/// <param name="Asset">Asset number; empty when unbound.</param>
/// <param name="AssetName">Name in the ledger; empty when it is not there.</param>
/// <param name="Area">车间; empty when the ledger does not say.</param>
/// <param name="Line">产线; empty when the ledger does not say.</param>
/// <param name="InLedger">Whether an asset of the ledger claims it.</param>
/// <param name="Counts">Whether that asset is in the denominator of the rates.</param>
/// <param name="Networked">Whether it counts as networked; null before the first assessment and for what is not counted.</param>
/// <param name="Reasons">Codes of why it does not.</param>
/// <param name="LastGood">When a good reading was last told of.</param>
/// <param name="BadTags">Tags whose newest reading is not good.</param>
/// <param name="Problem">What its agent says is wrong; null when nothing is, or when the agent has not said.</param>
internal sealed record DeviceTile(
    string Agent,
    string Device,
    string Asset,
    string AssetName,
    string Area,
    string Line,
    string Driver,
    DeviceStanding State,
    bool InLedger,
    bool Counts,
    bool? Networked,
    IReadOnlyList<string> Reasons,
    string Provenance,
    DateTimeOffset? LastGood,
    int Tags,
    int BadTags,
    double PeriodMs,
    double? AchievedPeriodMs,
    string? Problem)
{
    /// <summary>The problem in Chinese; null where there is none or the phrasebook does not have it.</summary>
    public string? ProblemZh => Phrasebook.Chinese.Known(Problem);
}
