using EdgeAgent.Core.Batches;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class BatchGoldenTests
{
    private static string GoldenFile => Path.Combine(SourceTree.Root, "tests", "EdgeAgent.Core.Tests", "Batches", "Golden", "everything-v1.hex");

    /// <summary>Evidence is kept for years: what version 1 wrote once must read the same for ever.</summary>
    [Fact]
    public void Bytes_written_once_are_read_for_ever() =>
        BatchSamples.AssertSame(BatchSamples.Everything(), BatchSamples.Read(Convert.FromHexString(File.ReadAllText(GoldenFile).ReplaceLineEndings(""))).Readings);

    /// <summary>The same input gives the same bytes; when a change of the writer is meant, UPDATE_CASES=1 writes them anew (beside the old ones, which stay readable).</summary>
    [Fact]
    public void Bytes_are_these()
    {
        byte[] signed = BatchSamples.Seal(BatchSamples.Everything(), new FixedSigner(), everything: true);
        string actual = string.Join('\n', Convert.ToHexString(signed).Chunk(96).Select(line => new string(line))) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(GoldenFile)!);
            File.WriteAllText(GoldenFile, actual);
        }

        Assert.Equal(File.ReadAllText(GoldenFile), actual);
    }
}
