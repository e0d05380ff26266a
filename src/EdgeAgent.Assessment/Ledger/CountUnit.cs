namespace EdgeAgent.Assessment.Ledger;

/// <summary>In what an asset is counted; each ledger line counts as one, whatever its unit.</summary>
public enum CountUnit
{
    /// <summary>台.</summary>
    Piece,
    /// <summary>套.</summary>
    Set,
    /// <summary>线: a whole line that is one asset.</summary>
    Line,
}
