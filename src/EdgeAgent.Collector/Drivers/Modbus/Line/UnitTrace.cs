using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>Notes the frames of a line by their unit.</summary>
/// <param name="isNumbered">Whether answers name their unit in the seventh byte (MBAP); otherwise one unit is asked at a time, and all that comes is its answer.</param>
internal sealed class UnitTrace(FrameMemory memory, bool isNumbered) : IModbusTrace
{
    public const int Units = 256;

    private const int MbapUnitAt = 6;

    private volatile byte _askedLast;

    public void Sent(byte unitId, ReadOnlySpan<byte> frame)
    {
        _askedLast = unitId;
        memory.Sent(unitId, frame);
    }

    public void Received(ReadOnlySpan<byte> bytes)
    {
        if (isNumbered)
        {
            memory.Received(bytes.Length > MbapUnitAt ? bytes[MbapUnitAt] : _askedLast, bytes);
        }
        else
        {
            memory.ReceivedMore(_askedLast, bytes);
        }
    }
}
