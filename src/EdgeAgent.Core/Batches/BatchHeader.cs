namespace EdgeAgent.Core.Batches;

/// <summary>What names a batch: whose it is, where it stands in its chain, and which definition its ids refer to.</summary>
/// <param name="Site">Site name; see <see cref="Topics.IsValidName"/>.</param>
/// <param name="Agent">Agent name; see <see cref="Topics.IsValidName"/>.</param>
/// <param name="Incarnation">New random id each time a buffer is created.</param>
/// <param name="Sequence">Position in the incarnation's chain, from 1 without gaps.</param>
/// <param name="PreviousHash">Hash of the batch before, 32 bytes; zeros for sequence 1.</param>
/// <param name="CreatedTicks">When the batch was sealed, see <see cref="Model.UnixTicks"/>.</param>
/// <param name="ConfigHash">Hash of the definition, 32 bytes; see <see cref="DefinitionCodec.Hash"/>.</param>
public readonly record struct BatchHeader(
    string Site,
    string Agent,
    Guid Incarnation,
    long Sequence,
    ReadOnlyMemory<byte> PreviousHash,
    long CreatedTicks,
    ReadOnlyMemory<byte> ConfigHash);
