using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus.Line;

/// <summary>Remembers the last frames of each unit on a line. Noting one costs a copy of at most 64 bytes and allocates nothing.</summary>
/// <param name="isNumbered">Whether answers name their unit in the seventh byte (MBAP); otherwise an answer is of the unit asked last.</param>
internal sealed class FrameMemory(bool isNumbered, TimeProvider time) : IModbusTrace
{
    private const int KeptOfUnit = 6;
    private const int BytesKept = 64;
    private const int MbapUnitAt = 6;

    private readonly Lock _gate = new();
    private readonly Slot[]?[] _units = new Slot[]?[256];
    private readonly byte[] _next = new byte[256];
    private byte _askedLast;

    public void Sent(byte unitId, ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            _askedLast = unitId;
            Keep(unitId, isSent: true, frame);
        }
    }

    public void Received(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            Keep(isNumbered && bytes.Length > MbapUnitAt ? bytes[MbapUnitAt] : _askedLast, isSent: false, bytes);
        }
    }

    /// <summary>Of one unit, newest first.</summary>
    public IReadOnlyList<WireFrame> Of(byte unitId)
    {
        lock (_gate)
        {
            if (_units[unitId] is not { } slots)
            {
                return [];
            }

            long stamp = time.GetTimestamp();
            long now = UnixTicks.Now(time);
            List<WireFrame> frames = [];
            for (int i = 1; i <= KeptOfUnit; i++)
            {
                ref readonly Slot slot = ref slots[(_next[unitId] + KeptOfUnit - i) % KeptOfUnit];
                if (slot.Bytes > 0)
                {
                    long at = now - time.GetElapsedTime(slot.Stamp, stamp).Ticks;
                    frames.Add(new WireFrame(at, slot.IsSent, slot.Start.AsSpan(0, Math.Min(slot.Bytes, BytesKept)).ToArray(), slot.Bytes));
                }
            }

            return frames;
        }
    }

    private void Keep(byte unit, bool isSent, ReadOnlySpan<byte> bytes)
    {
        Slot[] slots = _units[unit] ??= new Slot[KeptOfUnit];
        ref Slot slot = ref slots[_next[unit]];
        slot.Start ??= new byte[BytesKept];
        slot.Stamp = time.GetTimestamp();
        slot.IsSent = isSent;
        slot.Bytes = bytes.Length;
        bytes[..Math.Min(bytes.Length, BytesKept)].CopyTo(slot.Start);
        _next[unit] = (byte)((_next[unit] + 1) % KeptOfUnit);
    }

    private struct Slot
    {
        public byte[]? Start;
        public long Stamp;
        public int Bytes;
        public bool IsSent;
    }
}
