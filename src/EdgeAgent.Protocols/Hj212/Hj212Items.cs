namespace EdgeAgent.Protocols.Hj212;

/// <summary>Walks over the items of a packet: <c>name=value</c>, apart by <c>;</c> between pollutants and <c>,</c> within one.</summary>
public ref struct Hj212Items(ReadOnlySpan<byte> content)
{
    private ReadOnlySpan<byte> _rest = content;

    public ReadOnlySpan<byte> Name { get; private set; } = default;

    public ReadOnlySpan<byte> Value { get; private set; } = default;

    /// <summary>Goes to the next item; passes over what has no name.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOfAny((byte)';', (byte)',');
            ReadOnlySpan<byte> item = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            int equals = item.IndexOf((byte)'=');
            if (equals > 0)
            {
                Name = item[..equals];
                Value = item[(equals + 1)..];
                return true;
            }
        }

        return false;
    }
}
