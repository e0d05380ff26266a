using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What the buffer must know of a sealed batch without reading it.</summary>
/// <param name="Incarnation">The incarnation under which it was sealed.</param>
/// <param name="Sequence">Must be <see cref="BatchBuffer.NextSequence"/>.</param>
/// <param name="Hash">SHA-256 of its body; the next batch names it.</param>
/// <param name="CreatedTicks">When it was sealed.</param>
/// <param name="FirstTicks">Oldest source time in it.</param>
/// <param name="LastTicks">Newest source time in it.</param>
/// <param name="Readings">Readings in it.</param>
/// <param name="CarriesDefinition">It brings a plant definition and is never given up before it is acknowledged.</param>
/// <param name="Accounts">What its accounts say was due, and its readings, so that they can still be told when it is given up.</param>
/// <param name="AccountedUntilTicks">Up to when every due reading is accounted for, this batch included; null leaves it as it was.</param>
/// <param name="Declared">The discards that it declares, as taken from <see cref="BatchBuffer.TakeDiscarded"/>.</param>
public readonly record struct BatchRecord(
    Guid Incarnation,
    long Sequence,
    ReadOnlyMemory<byte> Hash,
    long CreatedTicks,
    long FirstTicks,
    long LastTicks,
    int Readings,
    bool CarriesDefinition,
    ReadOnlyMemory<DiscardedAccount> Accounts,
    long? AccountedUntilTicks = null,
    DiscardedSnapshot? Declared = null)
{
    /// <summary>Whether all of it speaks of that incarnation: sealed under it, and what it declares taken from it.</summary>
    internal bool IsOf(Guid incarnation) =>
        Incarnation == incarnation && (Declared is not { Ids.Count: > 0 } declared || declared.Incarnation == incarnation);
}
