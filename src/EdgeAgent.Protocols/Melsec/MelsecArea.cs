namespace EdgeAgent.Protocols.Melsec;

/// <summary>A device area of a Mitsubishi controller; the numbers are the binary codes of 3E frames (SLMP).</summary>
public enum MelsecArea : byte
{
    /// <summary>Special relays (SM).</summary>
    SpecialRelay = 0x91,
    /// <summary>Inputs (X).</summary>
    Input = 0x9C,
    /// <summary>Outputs (Y).</summary>
    Output = 0x9D,
    /// <summary>Internal relays (M).</summary>
    InternalRelay = 0x90,
    /// <summary>Latch relays (L).</summary>
    LatchRelay = 0x92,
    /// <summary>Annunciators (F).</summary>
    Annunciator = 0x93,
    /// <summary>Link relays (B).</summary>
    LinkRelay = 0xA0,
    /// <summary>Special registers (SD).</summary>
    SpecialRegister = 0xA9,
    /// <summary>Data registers (D).</summary>
    DataRegister = 0xA8,
    /// <summary>Link registers (W).</summary>
    LinkRegister = 0xB4,
    /// <summary>File registers of the current block (R).</summary>
    FileRegister = 0xAF,
    /// <summary>File registers, serial number (ZR).</summary>
    FileRegisterSerial = 0xB0,
    /// <summary>Current values of timers (TN).</summary>
    TimerValue = 0xC2,
    /// <summary>Current values of counters (CN).</summary>
    CounterValue = 0xC5,
}

/// <summary>What is the same for every device of an area.</summary>
public static class MelsecAreas
{
    /// <summary>Whether its devices are bits, sixteen to a word.</summary>
    public static bool IsBits(this MelsecArea area) => area is MelsecArea.SpecialRelay or MelsecArea.Input or MelsecArea.Output or MelsecArea.InternalRelay
        or MelsecArea.LatchRelay or MelsecArea.Annunciator or MelsecArea.LinkRelay;

    /// <summary>The two letters of 1E frames, as they lie on the wire; 0 when the area is unknown there.</summary>
    public static ushort Code1E(this MelsecArea area) => area switch
    {
        MelsecArea.Input => 0x5820,
        MelsecArea.Output => 0x5920,
        MelsecArea.InternalRelay => 0x4D20,
        MelsecArea.Annunciator => 0x4620,
        MelsecArea.LinkRelay => 0x4220,
        MelsecArea.DataRegister => 0x4420,
        MelsecArea.LinkRegister => 0x5720,
        MelsecArea.FileRegister => 0x5220,
        MelsecArea.TimerValue => 0x544E,
        MelsecArea.CounterValue => 0x434E,
        _ => 0,
    };
}
