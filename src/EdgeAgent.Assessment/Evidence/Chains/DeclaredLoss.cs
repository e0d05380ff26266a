using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>A range that a batch of the pack declares as given up.</summary>
/// <param name="Definition">The definition of the batch that declares it.</param>
internal sealed record DeclaredLoss(long DeclaredIn, int Definition, DiscardedRange Range);
