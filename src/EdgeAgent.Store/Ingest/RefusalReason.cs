namespace EdgeAgent.Store.Ingest;

/// <summary>Why a batch was not stored; a closed list, so that it can label a metric.</summary>
public enum RefusalReason
{
    /// <summary>Not a batch: damaged on the way, or never one.</summary>
    Malformed,
    /// <summary>Larger than this hub accepts.</summary>
    OverLimit,
    UnknownVersion,
    /// <summary>The batch names another site or agent than the topic it came on.</summary>
    WrongTopic,
    /// <summary>The signature is not that of the enrolled key.</summary>
    BadSignature,
    /// <summary>The agent was shut out.</summary>
    Revoked,
    /// <summary>The batch does not name its stored predecessor's hash, or a stored successor does not name it.</summary>
    BrokenChain,
    /// <summary>Another batch with the same sequence is stored.</summary>
    Conflict,
    /// <summary>Its ids lie outside its definition, or a reading's device has no account.</summary>
    Inconsistent,
    /// <summary>The store failed on this very batch while others went through.</summary>
    StoreRefused,
}

/// <summary>Why a batch is neither stored nor refused for now: the agent keeps it and sends it again.</summary>
public enum HoldReason
{
    NotEnrolled,
    /// <summary>Signed with a key that the agent showed and that nobody approved yet.</summary>
    KeyNotApproved,
    /// <summary>The definition that its ids refer to has not arrived.</summary>
    DefinitionUnknown,
}
