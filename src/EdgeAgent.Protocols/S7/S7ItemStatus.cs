namespace EdgeAgent.Protocols.S7;

/// <summary>What the controller says of one item of a read; its own return codes.</summary>
public enum S7ItemStatus : byte
{
    HardwareFault = 0x01,
    AccessDenied = 0x03,
    /// <summary>Beyond the end of the block or the area.</summary>
    AddressOutOfRange = 0x05,
    TypeNotSupported = 0x06,
    TypeInconsistent = 0x07,
    /// <summary>The block is not there, or may only be reached by its symbols (optimized access).</summary>
    DoesNotExist = 0x0A,
    Ok = 0xFF,
}
