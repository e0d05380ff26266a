using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>How a <see cref="Cjt188Client"/> reaches its meters and how long it waits.</summary>
public sealed record Cjt188ClientOptions
{
    /// <summary>What most meters come with: 2400 baud, even parity.</summary>
    public static SerialSettings UsualSettings { get; } = new() { BaudRate = 2400, Parity = SerialParity.Even };

    public required LinePlace Place { get; init; }

    /// <summary>What a meter may take until its answer begins. Default 1500: many are battery meters that must wake up first.</summary>
    public int ResponseTimeoutMs { get; init; } = 1500;

    /// <summary>What may lie between two bytes of an answer. Default 500.</summary>
    public int GapMs { get; init; } = 500;

    /// <summary>Silence before a request. Default 50.</summary>
    public int SilenceMs { get; init; } = 50;

    /// <summary>Opens lines; null, the default, opens those of this machine.</summary>
    public ILineOpener? Lines { get; init; }
}
