namespace EdgeAgent.Assessment.Ledger;

/// <summary>Whether an asset is in service; a rule pack says which states count.</summary>
public enum AssetStatus
{
    /// <summary>在用.</summary>
    InUse,
    /// <summary>备用.</summary>
    Standby,
    /// <summary>封存.</summary>
    Sealed,
    /// <summary>停用.</summary>
    Stopped,
    /// <summary>报废.</summary>
    Scrapped,
    /// <summary>出租.</summary>
    LeasedOut,
}
