namespace EdgeAgent.Assessment.Ledger;

/// <summary>Why an asset is called digital. An asset may have several reasons; <see cref="None"/> excludes the others.</summary>
[Flags]
public enum DigitalBasis
{
    /// <summary>The ledger says nothing; what is observed decides.</summary>
    Unstated = 0,
    Cnc = 1,
    Plc = 2,
    Dcs = 4,
    Embedded = 8,
    Robot = 16,
    SmartMeter = 32,
    MachineVision = 64,
    /// <summary>加装控制: a controller was added to a plain machine.</summary>
    AddedControl = 128,
    /// <summary>加装监测: only a sensor was added, nothing controls the machine digitally.</summary>
    AddedMonitoring = 256,
    /// <summary>无: the ledger states that there is none.</summary>
    None = 512,
}
