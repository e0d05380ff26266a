using EdgeAgent.Assessment.Evidence.Container;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Where batch files are read from: a finished pack, or one that is being written. Safe for concurrent use.</summary>
internal interface IPackContent
{
    /// <summary>Reads from a file's content into the buffer; the count read is shorter only at its end.</summary>
    int ReadAt(in PackEntry entry, long position, Span<byte> buffer);
}
