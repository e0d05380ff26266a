namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>A batch that may serve as the source of a raw sample of one device.</summary>
/// <param name="Position">Where its record begins in the batch file.</param>
internal readonly record struct SampleCandidate(ulong Rank, string File, long Position, long Sequence, int Definition, int DeviceId)
{
    /// <summary>Hash of the definition, once files are put together.</summary>
    public string ConfigHash { get; init; } = "";
}
