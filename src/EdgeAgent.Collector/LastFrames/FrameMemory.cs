using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.LastFrames;

/// <summary>Remembers the last frames of each device of an endpoint, and those that belong to its connection as a whole.</summary>
/// <remarks>It is always on: who looks for the cause of a problem looks after it has happened. Noting a frame takes a lock and copies at most
/// <see cref="BytesKept"/> bytes into a ring that allocates nothing once each of its buffers has grown to the frames that it gets; text and
/// meaning are made when somebody looks. Whoever notes leaves out credentials: nothing here is ever taken out again.</remarks>
/// <param name="devices">How many there are.</param>
/// <param name="text">How the protocol writes text; null for one whose frames are none.</param>
/// <param name="meaning">What frames without a note of their own mean.</param>
internal sealed class FrameMemory(int devices, TimeProvider time, Encoding? text = null, FrameMeaning? meaning = null)
{
    /// <summary>Stands for the connection in place of a device: a handshake, noise, a frame of nobody. Shown with each of its devices.</summary>
    public const int Connection = -1;

    /// <summary>Six questions with their answers.</summary>
    public const int FramesKept = 12;

    /// <summary>A whole frame of Modbus, a meter or a small controller; the beginning of a document.</summary>
    public const int BytesKept = 512;

    private const string NotWhole = "no whole frame yet";

    private readonly Lock _gate = new();
    private readonly Ring?[] _rings = new Ring?[devices + 1];
    private FrameSlot _unfinished;
    private long _number;

    /// <param name="device">Its number within the endpoint, or <see cref="Connection"/>.</param>
    /// <param name="note">What it means, where whoever notes it knows it better than the bytes tell.</param>
    /// <param name="bytesNotKept">More bytes that were sent and must not be kept.</param>
    public void Sent(int device, ReadOnlySpan<byte> bytes, string? note = null, int bytesNotKept = 0) => Note(device, isSent: true, bytes, note, bytesNotKept);

    /// <summary>As <see cref="Sent"/>.</summary>
    public void Received(int device, ReadOnlySpan<byte> bytes, string? note = null, int bytesNotKept = 0) => Note(device, isSent: false, bytes, note, bytesNotKept);

    /// <summary>Notes a frame whose meaning is a text that comes as bytes, such as a topic; one that is among the last ones costs no new string.</summary>
    public void Received(int device, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> utf8Note)
    {
        lock (_gate)
        {
            Ring ring = RingOf(device);
            ring.Next().Set(++_number, time.GetTimestamp(), isSent: false, bytes, ring.NoteOf(utf8Note), 0);
        }
    }

    /// <summary>Notes bytes that came behind others of the same frame: they join what was received last, unless something was sent since.</summary>
    /// <param name="note">Used when they join nothing.</param>
    public void ReceivedMore(int device, ReadOnlySpan<byte> bytes, string? note = null)
    {
        lock (_gate)
        {
            Ring ring = RingOf(device);
            ref FrameSlot last = ref ring.Last();
            if (last.Number > 0 && !last.IsSent)
            {
                last.Append(bytes);
            }
            else
            {
                ring.Next().Set(++_number, time.GetTimestamp(), isSent: false, bytes, note, 0);
            }
        }
    }

    /// <summary>Notes what has come of a frame that is not whole, in place of what was there before; with wrong framing this is all that ever comes.</summary>
    public void Unfinished(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _unfinished.Set(bytes.IsEmpty ? 0 : ++_number, time.GetTimestamp(), isSent: false, bytes, NotWhole, 0);
        }
    }

    /// <summary>Of a device and of the connection, newest first.</summary>
    public IReadOnlyList<WireFrame> Of(int device)
    {
        var found = new List<(long Number, WireFrame Frame)>();
        lock (_gate)
        {
            long stamp = time.GetTimestamp();
            long now = UnixTicks.Now(time);
            Add(found, [_unfinished], now, stamp);
            Add(found, _rings[0], now, stamp);
            Add(found, _rings[device + 1], now, stamp);
        }

        return [.. found.OrderByDescending(frame => frame.Number).Select(frame => frame.Frame)];
    }

    private void Note(int device, bool isSent, ReadOnlySpan<byte> bytes, string? note, int bytesNotKept)
    {
        lock (_gate)
        {
            RingOf(device).Next().Set(++_number, time.GetTimestamp(), isSent, bytes, note, bytesNotKept);
        }
    }

    private Ring RingOf(int device) => _rings[device + 1] ??= new Ring();

    private void Add(List<(long, WireFrame)> found, Ring? ring, long now, long stamp)
    {
        if (ring is not null)
        {
            Add(found, ring.Slots, now, stamp);
        }
    }

    private void Add(List<(long, WireFrame)> found, ReadOnlySpan<FrameSlot> slots, long now, long stamp)
    {
        foreach (ref readonly FrameSlot slot in slots)
        {
            if (slot.Number > 0)
            {
                found.Add((slot.Number, new WireFrame(
                    now - time.GetElapsedTime(slot.Stamp, stamp).Ticks, slot.IsSent, slot.Start.ToArray(), slot.Bytes,
                    text is null ? null : FrameText.Of(slot.Start, slot.Bytes > slot.Start.Length, text), (slot.Note ?? meaning?.Invoke(slot.IsSent, slot.Start)) is { } said ? FrameText.Line(said) : null)));
            }
        }
    }

    private sealed class Ring
    {
        private readonly FrameSlot[] _slots = new FrameSlot[FramesKept];
        private int _next;

        public ReadOnlySpan<FrameSlot> Slots => _slots;

        public ref FrameSlot Last() => ref _slots[(_next + FramesKept - 1) % FramesKept];

        public ref FrameSlot Next()
        {
            ref FrameSlot slot = ref _slots[_next];
            _next = (_next + 1) % FramesKept;
            return ref slot;
        }

        public string NoteOf(ReadOnlySpan<byte> utf8)
        {
            foreach (ref readonly FrameSlot slot in Slots)
            {
                if (slot.Note is { } note && Ascii.Equals(utf8, note))
                {
                    return note;
                }
            }

            return Encoding.UTF8.GetString(utf8);
        }
    }
}
