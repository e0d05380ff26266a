namespace EdgeAgent.Protocols.Modbus.Pdu;

/// <summary>How much of a device's identification is asked for.</summary>
public enum ModbusIdentityCategory : byte
{
    /// <summary>Vendor name, product code and revision: objects 0 to 2.</summary>
    Basic = 1,

    /// <summary>Objects 0 to 127.</summary>
    Regular = 2,

    /// <summary>All objects, the vendor's own from 128 included.</summary>
    Extended = 3,

    /// <summary>One object by its id.</summary>
    Specific = 4,
}
