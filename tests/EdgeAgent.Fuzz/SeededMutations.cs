namespace EdgeAgent.Fuzz;

/// <summary>Endless damaged copies of some seeds, the same in every run: flipped bits, changed, removed, inserted, repeated and
/// swapped-in pieces, extreme values.</summary>
internal sealed class SeededMutations(int seed, IReadOnlyList<byte[]> seeds)
{
    private static readonly byte[] Extremes = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    private readonly Random _random = new(seed);
    private byte[] _buffer = new byte[seeds.Max(static s => s.Length) * 2 + 64];

    /// <summary>The next damaged copy; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        byte[] source = seeds[_random.Next(seeds.Count)];
        source.CopyTo(_buffer, 0);
        int length = source.Length;
        for (int edits = 1 + _random.Next(4); edits > 0; edits--)
        {
            length = Edit(length);
        }

        return _buffer.AsSpan(0, length);
    }

    private int Edit(int length)
    {
        if (length == 0)
        {
            _buffer[0] = (byte)_random.Next(256);
            return 1;
        }

        int at = _random.Next(length);
        int count = Math.Min(1 + _random.Next(8), length - at);
        switch (_random.Next(8))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 1:
                _buffer[at] = (byte)_random.Next(256);
                return length;
            case 2:
                _buffer[at] = Extremes[_random.Next(Extremes.Length)];
                return length;
            case 3:
                _buffer.AsSpan(at, count).Fill(Extremes[_random.Next(Extremes.Length)]);
                return length;
            case 4:
                _buffer.AsSpan(at + count, length - at - count).CopyTo(_buffer.AsSpan(at));
                return length - count;
            case 5:
                return at;
            case 6 when length + count < _buffer.Length:
                _buffer.AsSpan(at, length - at).CopyTo(_buffer.AsSpan(at + count));
                return length + count;
            default:
                byte[] other = seeds[_random.Next(seeds.Count)];
                int from = _random.Next(other.Length);
                other.AsSpan(from, Math.Min(count, other.Length - from)).CopyTo(_buffer.AsSpan(at));
                return Math.Max(length, at + Math.Min(count, other.Length - from));
        }
    }
}
