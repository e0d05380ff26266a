using EdgeAgent.Assessment.Evidence.Container;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Reads single files of a pack that was made here, without checking it.</summary>
public static class PackContents
{
    private const int BytesMax = 256 << 20;

    /// <returns>Null when the pack cannot be read or has no such file.</returns>
    public static byte[]? Read(string pack, string path)
    {
        using PackReader? reader = PackReader.Open(pack, []);
        return reader?.Read(path, BytesMax);
    }
}
