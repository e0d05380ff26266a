namespace EdgeAgent.Protocols.Serial;

/// <summary>Bytes to and from whatever is at the other end. The seam behind which tests and simulations put their own lines.</summary>
/// <remarks>
/// One send and one receive at a time; the two may overlap. What follows an await may run on the line's own thread: never block there.
/// Closing ends whatever is waiting with a <see cref="LineBrokenException"/>; disposing is the same as closing.
/// </remarks>
public interface ILine : IDisposable
{
    /// <summary>Names the line for people.</summary>
    string Name { get; }

    /// <summary>False once it was closed or found broken.</summary>
    bool IsOpen { get; }

    /// <summary>Waits until nothing has travelled for a while, then sends. A line on which others never stop talking is sent on all the same.</summary>
    /// <param name="silence">How long nothing must have travelled in either direction; zero sends at once.</param>
    /// <returns>The number of bytes, when the line has taken all of them; they may still be on their way out.</returns>
    /// <exception cref="LineBrokenException">The line is gone.</exception>
    ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation);

    /// <summary>Takes what has arrived, or waits for it.</summary>
    /// <param name="timeout">Counted from now or from the last bit of what is being sent, whichever is later;
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as the line stands.</param>
    /// <returns>How many bytes came; 0 when none came in time.</returns>
    /// <exception cref="LineBrokenException">The line is gone.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Throws away what has arrived and was not received yet.</summary>
    void DiscardInput();

    void Close();
}
