namespace EdgeAgent.Protocols.Serial;

/// <summary>Opens lines.</summary>
public interface ILineOpener
{
    /// <exception cref="LineOpenException">It could not be opened; the message says what to try.</exception>
    ValueTask<ILine> OpenAsync(LinePlace place, CancellationToken cancellation);
}
