using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R2: whether an asset is digital, and how well that is shown.</summary>
internal sealed class DigitalRule
{
    private readonly DigitalBasis _digital;

    public DigitalRule(RulePack pack)
    {
        foreach (string word in pack.DigitalBasis)
        {
            _digital |= LedgerTerms.Bases.TryParse(word, out DigitalBasis basis) ? basis : default;
        }

        _digital |= pack.MonitorOnlyIsDigital ? DigitalBasis.AddedMonitoring : default;
    }

    /// <param name="answered">Whether a good reading came in the window from an address that is the asset's alone.</param>
    /// <param name="hasEvidence">Whether the ledger names or holds anything that proves its line.</param>
    public DigitalLevel LevelOf(LedgerEntry entry, DateOnly asOf, bool answered, bool hasEvidence)
    {
        bool declared = (entry.DigitalBasis & _digital) != 0;

        // Where the ledger says that there is no controller, what answered was a sensor that somebody added.
        if (answered && (declared || entry.DigitalBasis == DigitalBasis.Unstated))
        {
            return DigitalLevel.Observed;
        }

        bool holds = (entry.RetrofitDate ?? entry.CommissionDate) <= asOf;
        return !declared ? DigitalLevel.None
            : hasEvidence && holds ? DigitalLevel.Evidenced
            : DigitalLevel.Declared;
    }
}
