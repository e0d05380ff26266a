namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>One simulated unit: where a server takes the answers from. Called on the server's connections, possibly several at once.</summary>
public interface IModbusDataSource
{
    /// <summary>What the unit says it is; null refuses function 43.</summary>
    ModbusDeviceIdentity? Identity { get; }

    /// <summary>Fills <paramref name="destination"/> (two bytes a register, big-endian) or says why not.</summary>
    ModbusExceptionCode ReadRegisters(ModbusFunction function, ushort address, Span<byte> destination);

    /// <summary>Fills <paramref name="packed"/> (cleared before the call; first bit lowest) or says why not.</summary>
    ModbusExceptionCode ReadBits(ModbusFunction function, ushort address, ushort count, Span<byte> packed);
}
