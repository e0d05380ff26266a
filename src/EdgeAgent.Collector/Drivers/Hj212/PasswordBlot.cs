namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Blots out the passwords (PW) in what goes over a line, wherever it is cut into pieces. A copy of it may look ahead.</summary>
internal struct PasswordBlot
{
    private const byte Blot = (byte)'*';

    /// <summary>How many bytes of the name have come; all of them inside a value.</summary>
    private int _matched;

    private static ReadOnlySpan<byte> Name => "PW="u8;

    /// <summary>Takes the next bytes of the line.</summary>
    public void Apply(Span<byte> bytes)
    {
        foreach (ref byte b in bytes)
        {
            if (_matched == Name.Length)
            {
                if (b is (byte)';' or < (byte)' ')
                {
                    _matched = 0;
                }
                else
                {
                    b = Blot;
                }
            }
            else
            {
                _matched = b == Name[_matched] ? _matched + 1 : b == Name[0] ? 1 : 0;
            }
        }
    }

    /// <summary>A whole text of its own without its passwords.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        new PasswordBlot().Apply(copy);
        return copy;
    }
}
