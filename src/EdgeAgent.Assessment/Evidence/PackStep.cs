namespace EdgeAgent.Assessment.Evidence;

/// <summary>The steps of making a pack, in their order.</summary>
public enum PackStep
{
    /// <summary>Ledger, rules, baseline.</summary>
    Sources,
    /// <summary>Signed batches are copied, by far the longest.</summary>
    Chains,
    /// <summary>What the hub observed beside the batches.</summary>
    Observations,
    /// <summary>The copied chains are added up.</summary>
    Audit,
    /// <summary>Figures and tables are made of what was added up.</summary>
    Figures,
    /// <summary>The manifest is signed.</summary>
    Signature,
}
