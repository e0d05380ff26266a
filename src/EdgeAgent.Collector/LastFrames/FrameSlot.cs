using System.Numerics;

namespace EdgeAgent.Collector.LastFrames;

/// <summary>One remembered frame; its buffer grows to what frames at this place of the ring need and is used again.</summary>
internal struct FrameSlot
{
    private const int FirstBytes = 32;

    private byte[]? _start;
    private int _kept;

    /// <summary>Counts the frames of all devices, so that those of equal times have an order; 0 while nothing is here.</summary>
    public long Number { get; private set; }

    public long Stamp { get; private set; }

    public bool IsSent { get; private set; }

    /// <summary>How many bytes there were; at most <see cref="FrameMemory.BytesKept"/> of them are kept.</summary>
    public int Bytes { get; private set; }

    public string? Note { get; private set; }

    public readonly ReadOnlySpan<byte> Start => _start.AsSpan(0, _kept);

    /// <param name="bytesNotKept">Counted and thrown away.</param>
    public void Set(long number, long stamp, bool isSent, ReadOnlySpan<byte> bytes, string? note, int bytesNotKept)
    {
        (Number, Stamp, IsSent, Note, Bytes, _kept) = (number, stamp, isSent, note, 0, 0);
        Append(bytes);
        Bytes += bytesNotKept;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        int end = Math.Min(_kept + bytes.Length, FrameMemory.BytesKept);
        if (end > (_start?.Length ?? 0))
        {
            Array.Resize(ref _start, Math.Max(FirstBytes, (int)BitOperations.RoundUpToPowerOf2((uint)end)));
        }

        bytes[..(end - _kept)].CopyTo(_start.AsSpan(_kept));
        _kept = end;
        Bytes += bytes.Length;
    }
}
