namespace EdgeAgent.Core.Configuration;

/// <summary>What a message about an agent's configuration is for. The numbers travel.</summary>
public enum RemoteConfigKind
{
    /// <summary>Hub to agent: take this configuration.</summary>
    Push = 1,
    /// <summary>Hub to agent: your answer came through, keep what you took.</summary>
    Confirm = 2,
    /// <summary>Hub to agent: tell me your configuration.</summary>
    Ask = 3,
    /// <summary>Agent to hub.</summary>
    Answer = 4,
}

/// <summary>What an agent made of a message. The numbers travel.</summary>
public enum RemoteConfigOutcome
{
    None = 0,
    /// <summary>In force on trial; without a confirmation it is taken back.</summary>
    Applied = 1,
    /// <summary>Confirmed.</summary>
    Kept = 2,
    /// <summary>Not taken; the problems say why.</summary>
    Refused = 3,
    /// <summary>Taken back, because no confirmation came.</summary>
    RolledBack = 4,
    /// <summary>The answer to a question: this is what runs.</summary>
    Current = 5,
}
