namespace EdgeAgent.Core.Batches;

/// <summary>The last level of an agent's topics.</summary>
public enum TopicKind
{
    Batch,
    Birth,
    Status,
    Ack,
    Config,
    ConfigAnswer,
}
