namespace EdgeAgent.Protocols.Serial;

/// <summary>Recognises the answer to one question among whatever arrives on a line.</summary>
public interface IAnswerReader
{
    /// <summary>Looks at what was received and not consumed yet.</summary>
    /// <param name="consumed">Bytes at the front that need not be shown again: garbage, echoes, frames for others.</param>
    /// <returns>How the question ended, or null when more bytes must come.</returns>
    ExchangeStatus? Read(ReadOnlySpan<byte> received, out int consumed);
}
