using System.Buffers.Binary;

namespace EdgeAgent.Simulation;

/// <summary>The register map of a simulated machine, the same for input and holding registers; described in README.md.</summary>
internal static class MachineRegisters
{
    public const int Count = 24;

    /// <summary>Coils and discrete inputs: running lamp, alarm lamp, guard closed, automatic mode.</summary>
    public const int BitCount = 4;

    /// <summary>Writes all registers as they go over the wire.</summary>
    public static void Write(in MachineReadout readout, Span<byte> destination)
    {
        destination[..(Count * 2)].Clear();
        UInt16(destination, 0, (ushort)readout.State);
        UInt16(destination, 1, readout.AlarmCode);
        BinaryPrimitives.WriteUInt32BigEndian(At(destination, 2), readout.Parts);
        BinaryPrimitives.WriteUInt32BigEndian(At(destination, 4), readout.Rejects);
        BinaryPrimitives.WriteSingleBigEndian(At(destination, 6), readout.CycleSeconds);
        BinaryPrimitives.WriteSingleBigEndian(At(destination, 8), readout.TemperatureCelsius);
        UInt16(destination, 10, (ushort)(readout.PressureBar * 10));
        UInt16(destination, 11, (ushort)(readout.LoadPercent * 10));
        PowerLowWordFirst(At(destination, 12), readout.PowerKw);
        BinaryPrimitives.WriteUInt64BigEndian(At(destination, 14), readout.EnergyWh);
        UInt16(destination, 18, readout.HeartbeatSeconds);
        UInt16(destination, 19, Bits(readout));
    }

    /// <summary>The bits, the first one lowest.</summary>
    public static byte Bits(in MachineReadout readout) => (byte)(
        (readout.State == MachineState.Running ? 1 : 0)
        | (readout.State == MachineState.Alarm ? 2 : 0)
        | (readout.State != MachineState.Alarm ? 4 : 0)
        | (readout.State != MachineState.Stopped ? 8 : 0));

    private static Span<byte> At(Span<byte> registers, int address) => registers[(address * 2)..];

    private static void UInt16(Span<byte> registers, int address, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(At(registers, address), value);

    /// <summary>As many power meters do: the low word first, order CDAB.</summary>
    private static void PowerLowWordFirst(Span<byte> destination, float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)bits);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(bits >> 16));
    }
}
