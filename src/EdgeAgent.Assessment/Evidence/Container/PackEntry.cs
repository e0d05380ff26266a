namespace EdgeAgent.Assessment.Evidence.Container;

/// <summary>One file of a pack as the ZIP container states it.</summary>
/// <param name="Offset">Where its local header begins.</param>
internal readonly record struct PackEntry(string Path, long Offset, long Bytes, uint Crc)
{
    /// <summary>Where its content begins.</summary>
    public long ContentOffset => Offset + PackZip.LocalHeaderBytes(Path);

    /// <summary>Where the next entry begins.</summary>
    public long End => ContentOffset + Bytes;
}
