using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What the pipeline remembers of one tag.</summary>
internal struct TagState
{
    /// <summary>The last good value, for counting changes.</summary>
    public ulong GoodBits;

    /// <summary>The last value that passed, for the deadband.</summary>
    public ulong SentBits;

    public long SentTicks;
    public uint SentQuality;
    public ValueKind GoodKind;
    public ValueKind SentKind;
    public bool HasSent;

    /// <summary>Number of the batch that the last value that passed went into.</summary>
    public long SentIn;

    /// <summary>For text and bytes, what <see cref="GoodBits"/> and <see cref="SentBits"/> are for numbers; grown as needed and reused.</summary>
    public TextMemory? Text;
}

/// <summary>The last good and the last passed text of a tag.</summary>
internal sealed class TextMemory
{
    private byte[] _good = [];
    private byte[] _sent = [];
    private int _goodLength = -1;
    private int _sentLength = -1;

    public bool IsGood(ReadOnlySpan<byte> text) => _goodLength >= 0 && text.SequenceEqual(_good.AsSpan(0, _goodLength));

    public bool IsSent(ReadOnlySpan<byte> text) => _sentLength >= 0 && text.SequenceEqual(_sent.AsSpan(0, _sentLength));

    public void KeepGood(ReadOnlySpan<byte> text) => Keep(ref _good, ref _goodLength, text);

    public void KeepSent(ReadOnlySpan<byte> text) => Keep(ref _sent, ref _sentLength, text);

    private static void Keep(ref byte[] memory, ref int length, ReadOnlySpan<byte> text)
    {
        if (memory.Length < text.Length)
        {
            memory = new byte[Math.Max(text.Length, 32)];
        }

        text.CopyTo(memory);
        length = text.Length;
    }
}
