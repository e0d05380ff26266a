using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>How a <see cref="Dlt645Client"/> reaches its meters and how long it waits.</summary>
public sealed record Dlt645ClientOptions
{
    /// <summary>What most meters come with (5.1: 2400 baud, even parity).</summary>
    public static SerialSettings UsualSettings { get; } = new() { BaudRate = 2400, Parity = SerialParity.Even };

    public required LinePlace Place { get; init; }

    /// <summary>What a meter may take until its answer begins. Default 1000; the standard allows it 500 (5.3.3).</summary>
    public int ResponseTimeoutMs { get; init; } = 1000;

    /// <summary>What may lie between two bytes of an answer. Default 500, as the standard says (5.3.4).</summary>
    public int GapMs { get; init; } = 500;

    /// <summary>Silence before a request. Default 20: some meters need it to turn round.</summary>
    public int SilenceMs { get; init; } = 20;

    /// <summary>Opens lines; null, the default, opens those of this machine.</summary>
    public ILineOpener? Lines { get; init; }
}
