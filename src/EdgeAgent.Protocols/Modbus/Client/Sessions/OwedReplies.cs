namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>Transaction ids whose request was given up unanswered. They are not used again while the answer may still come:
/// at 50,000 requests a second the 16-bit id comes round in 1.3 s, which is how late a busy device can be.</summary>
internal sealed class OwedReplies
{
    /// <summary>With more than this owed, the device has long forgotten the first of them, and the ids must not run out.</summary>
    private const int CountMax = 0x8000;

    /// <summary>One bit an id; made at the first timeout, since most connections never see one.</summary>
    private ulong[]? _bits;
    private int _count;

    public bool Contains(ushort id) => _count > 0 && (_bits![id >> 6] & (1UL << (id & 63))) != 0;

    public void Add(ushort id)
    {
        _bits ??= new ulong[0x1_0000 / 64];
        if (_count >= CountMax)
        {
            Array.Clear(_bits);
            _count = 0;
        }

        if (!Contains(id))
        {
            _bits[id >> 6] |= 1UL << (id & 63);
            _count++;
        }
    }

    /// <summary>The answer came after all.</summary>
    public bool Remove(ushort id)
    {
        if (!Contains(id))
        {
            return false;
        }

        _bits![id >> 6] &= ~(1UL << (id & 63));
        _count--;
        return true;
    }
}
