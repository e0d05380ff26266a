namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>One data logger, compiled, and what is known of its last messages.</summary>
internal sealed class Hj212Logger(int index, byte[] machine, byte[]? password, Hj212Tag[] tags)
{
    /// <summary>A logger repeats a packet up to three times while it waits for an answer; a few more in case it has several on the way.</summary>
    private const int RequestsKept = 16;

    private readonly Queue<(ulong Request, int Command, int Part)> _taken = new();

    public int Index { get; } = index;

    public byte[] Machine { get; } = machine;

    public byte[]? Password { get; } = password;

    public Hj212Tag[] Tags { get; } = tags;

    /// <summary>The message of several packets under way.</summary>
    public ulong Request { get; set; }

    /// <summary>Its packets that are missing still.</summary>
    public int PartsMissing { get; set; }

    /// <summary>The time of its data, which its later packets may leave out.</summary>
    public long DataTicks { get; set; }

    /// <summary>Whether bytes that are no packet were booked already since its last packet; a run of noise is one bad reading, not one a byte.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Notes a packet as taken; false when it was before.</summary>
    /// <param name="command">Many loggers count time in seconds: data of a minute have the number of the real-time data of the same second.</param>
    public bool IsNew(ulong request, int command, int part)
    {
        if (_taken.Contains((request, command, part)))
        {
            return false;
        }

        if (_taken.Count == RequestsKept)
        {
            _taken.Dequeue();
        }

        _taken.Enqueue((request, command, part));
        return true;
    }
}
