namespace EdgeAgent.Core.Configuration;

/// <summary>A message between hub and agent about the agent's configuration; README.md beside this file describes its bytes.</summary>
public sealed record RemoteConfigMessage
{
    /// <summary>Largest message in bytes.</summary>
    public const int BytesMax = 1 << 20;

    public const int ProblemsMax = 100;
    public const int ProblemBytesMax = 1000;

    public required RemoteConfigKind Kind { get; init; }

    public required string Site { get; init; }

    public required string Agent { get; init; }

    /// <summary>Each push has a higher one than any before; a question and an answer name the one that they are about.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was made, in milliseconds since 1970.</summary>
    public required long IssuedMs { get; init; }

    /// <summary>From when on it is void.</summary>
    public required long ExpiresMs { get; init; }

    /// <summary>Push: hash of the configuration that it was made from. Answer: hash of the one in force.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The configuration, see <see cref="RemoteConfigContent"/>; empty where none is sent.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    public RemoteConfigOutcome Outcome { get; init; }

    /// <summary>What is wrong, for people.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
