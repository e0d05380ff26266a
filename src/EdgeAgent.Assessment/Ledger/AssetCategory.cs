namespace EdgeAgent.Assessment.Ledger;

/// <summary>What an asset is for; a rule pack says which categories count as production equipment.</summary>
public enum AssetCategory
{
    /// <summary>生产设备.</summary>
    Production,
    /// <summary>辅助生产设备.</summary>
    Auxiliary,
    /// <summary>采集传输设备: gateways, sensors, collectors; never part of a rate.</summary>
    DataCollection,
    /// <summary>非生产.</summary>
    NonProduction,
}
