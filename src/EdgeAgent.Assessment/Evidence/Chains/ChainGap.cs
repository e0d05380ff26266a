namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Sequences that an agent gave up and declared.</summary>
/// <param name="DeclaredIn">Sequence of the batch that says so.</param>
internal sealed record ChainGap(string Agent, Guid Incarnation, long First, long Last, string Reason, long DeclaredIn, long FirstTicks, long LastTicks);
